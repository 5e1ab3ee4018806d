"""A snapshot in; judgements, verdicts, predictions and explanations out."""
