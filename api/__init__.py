"""What users touch: GraphQL, command line, jobs, client. The only room that composes the others."""
