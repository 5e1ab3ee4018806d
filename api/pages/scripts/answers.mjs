// Writes src/answers.ts from src/queries/*.graphql and the schema: each query with the type of its answer.
// With --check it writes nothing and fails where the file is not what it would write.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import {
  buildSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  parse,
  print,
  typeFromAST,
  validate,
} from "graphql";

const root = new URL("..", import.meta.url);
const schema = buildSchema(readFileSync(new URL("../../docs/schema.graphql", root), "utf8"));
const folder = new URL("src/queries/", root);
const texts = readdirSync(folder)
  .sort()
  .map((name) => readFileSync(new URL(name, folder), "utf8"));
const document = parse(texts.join("\n"), { noLocation: true });

const errors = validate(schema, document).filter((error) => !/^Fragment .* is never used/.test(error.message));
if (errors.length) {
  console.error(errors.map((error) => error.message).join("\n"));
  process.exit(1);
}

const fragments = new Map(
  document.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION).map((one) => [one.name.value, one]),
);
const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
const enums = new Set();
const inputs = new Map();

function named(type) {
  if (isEnumType(type)) {
    enums.add(type);
    return type.name;
  }
  if (isInputObjectType(type)) {
    if (!inputs.has(type.name)) inputs.set(type.name, taken(type));
    return type.name;
  }
  return { Int: "number", Float: "number", Boolean: "boolean" }[type.name] ?? "string";
}

function taken(type) {
  const fields = Object.values(type.getFields()).map(({ name, type: given }) => {
    const list = isListType(isNonNullType(given) ? given.ofType : given) ? "[]" : "";
    const value = `${named(getNamedType(given))}${list}`;
    return isNonNullType(given) ? `${name}: ${value}` : `${name}?: ${value} | null`;
  });
  return `{ ${fields.join("; ")} }`;
}

function typed(type, selections) {
  if (isNonNullType(type)) return bare(type.ofType, selections);
  return `${bare(type, selections)} | null`;
}

function bare(type, selections) {
  if (isListType(type)) return `Array<${typed(type.ofType, selections)}>`;
  return selections ? shape(type, selections) : named(type);
}

// A fragment on another type than the field's own may not apply: its fields may be absent.
function shape(type, selections) {
  const own = [];
  const more = [];
  for (const one of selections.selections) {
    if (one.kind === Kind.FIELD) own.push(field(type, one));
    else if (one.kind === Kind.FRAGMENT_SPREAD) more.push(one.name.value);
    else more.push(`Partial<${shape(schema.getType(one.typeCondition.name.value), one.selectionSet)}>`);
  }
  return [...(own.length ? [`{ ${own.join("; ")} }`] : []), ...more].join(" & ");
}

function field(type, node) {
  const key = node.alias?.value ?? node.name.value;
  if (node.name.value === "__typename") return `${key}: string`;
  return `${key}: ${typed(type.getFields()[node.name.value].type, node.selectionSet)}`;
}

function used(node, found = new Set()) {
  for (const [, name] of print(node).matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
    if (!found.has(name)) {
      found.add(name);
      used(fragments.get(name), found);
    }
  }
  return found;
}

function text(node) {
  return JSON.stringify(
    [print(node), ...[...used(node)].map((name) => print(fragments.get(name)))].join("\n").replace(/\s+/g, " "),
  );
}

function variables(operation) {
  const given = operation.variableDefinitions.map((one) => {
    const type = typeFromAST(schema, one.type);
    const list = isListType(isNonNullType(type) ? type.ofType : type);
    const optional = isNonNullType(type) && !one.defaultValue ? "" : "?";
    return `${one.variable.name.value}${optional}: ${named(getNamedType(type))}${list ? "[]" : ""}${optional && " | null"}`;
  });
  return given.length ? `{ ${given.join("; ")} }` : "Record<string, never>";
}

const lines = [];
for (const [name, fragment] of fragments) {
  lines.push(
    `export type ${name} = ${shape(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet)};`,
  );
}
for (const [name, fragment] of fragments) lines.push(`export const ${name}Text = ${text(fragment)};`);
for (const operation of operations) {
  const name = operation.name.value;
  const top = operation.operation === "mutation" ? schema.getMutationType() : schema.getQueryType();
  lines.push(`export type ${name}Answer = ${shape(top, operation.selectionSet)};`);
  lines.push(`export const ${name}: Query<${name}Answer, ${variables(operation)}> = { text: ${text(operation)} };`);
}
const listed = [...enums].map(
  (one) =>
    `export type ${one.name} = ${one
      .getValues()
      .map((value) => `"${value.name}"`)
      .join(" | ")};`,
);
const written = [
  "// Written by scripts/answers.mjs from src/queries and the schema: npm run answers.",
  'import type { Query } from "./graphql";',
  "",
  ...listed,
  ...[...inputs].map(([name, shape]) => `export type ${name} = ${shape};`),
  ...lines,
  "",
].join("\n");

const target = new URL("src/answers.ts", root);
if (!process.argv.includes("--check")) writeFileSync(target, written);
else if (readFileSync(target, "utf8") !== written) {
  console.error("src/answers.ts is not current: npm run answers");
  process.exit(1);
}
