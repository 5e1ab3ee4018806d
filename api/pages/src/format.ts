// Values as people read them.

import type { Direction, Kind, LiteralType } from "./answers";

const NUMBERS = new Intl.NumberFormat("en");
const ROUND = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export const number = (value: number): string => NUMBERS.format(value);
export const rounded = (value: number): string => ROUND.format(value);

/** 0.973 is "97%"; what is nearly sure is not shown as sure. */
export function percent(probability: number): string {
  if (probability >= 0.995 && probability < 1) return ">99%";
  if (probability > 0 && probability < 0.005) return "<1%";
  return `${Math.round(probability * 100)}%`;
}

/** RECORD_LABEL is "record label". */
export const words = (name: string): string => name.toLowerCase().replaceAll("_", " ");

/** "record label" is "Record label". */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Kinds come as RECORD_LABEL or, in counts, as RecordLabel. */
export const kindName = (kind: Kind | string): string =>
  /^[A-Z_]+$/.test(kind) ? words(kind) : kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();

interface Labelled {
  label: string;
  inverseLabel: string;
}

/** A relation as it reads from one end: "directed" from the person, "directed by" from the film. */
export const relationName = (row: Labelled | undefined, relation: string, direction: Direction): string => {
  if (!row) return words(relation);
  return direction === "IN" ? row.inverseLabel : row.label;
};

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** "1999-03" is "March 1999"; what is no date stays as it is. */
export function date(text: string): string {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(text);
  if (!parts || text.endsWith("s")) return text;
  const [, year, month, day] = parts;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

/** A moment in the reader's own time zone. */
export const moment = (iso: string): string =>
  new Date(iso).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

const UNITS: Array<[Intl.RelativeTimeFormatUnit, number]> = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** How long ago. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  if (Math.abs(seconds) < 60) return "just now";
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

interface Said {
  sentence: string;
  relation: string;
  subject: { name: string } | null;
  object: { name: string } | null;
}

/** What stands between the ends of a statement: "is of genre" of "Howl is of genre animation". */
export function verb({ sentence, relation, subject, object }: Said): string {
  const [from, to] = [subject?.name ?? "", object?.name ?? ""];
  const whole = from && to && sentence.startsWith(`${from} `) && sentence.endsWith(` ${to}`);
  return (whole && sentence.slice(from.length, sentence.length - to.length).trim()) || words(relation);
}

interface Named {
  name: string;
  text: string;
}

const BEFORE: Record<string, string> = { character: "as ", work: "for ", territory: "in ", medium: "on " };
const ALONE = ["year", "date", "category"];

/** What narrows a fact down, as "as Jack", "for Titanic" or "1997"; the name stands before what is not plain. */
export const before = ({ name, text }: Named): string =>
  BEFORE[name] ?? (ALONE.includes(name) || text.toLowerCase() === name ? "" : `${words(name)} `);

/** Seconds between two moments, as "12.4 s" or "3 min 20 s"; empty while the second is not there. */
export function took(started: string, finished: string | null): string {
  if (!finished) return "";
  const seconds = (new Date(finished).getTime() - new Date(started).getTime()) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

interface Valued {
  type: LiteralType;
  value: string;
  unit: string | null;
}

const READ: Partial<Record<LiteralType, (value: string, unit: string | null) => string>> = {
  DATE: date,
  DURATION: (value) => duration(Number(value)),
  MONEY: (value, unit) => `${number(Number(value))}${unit ? ` ${unit}` : ""}`,
  COUNT: (value) => number(Number(value)),
};

/** A literal: dates in words, durations in hours and minutes, numbers with their groups. */
export const literal = (given: Valued): string => READ[given.type]?.(given.value, given.unit) ?? given.value;

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

interface Lived {
  releaseDate?: { year: number | null } | null;
  birthDate?: { year: number | null } | null;
  deathDate?: { year: number | null } | null;
}

/** The year of a work, or the years of a life. */
export function years(entity: Lived): string {
  if (entity.releaseDate?.year) return String(entity.releaseDate.year);
  const [born, died] = [entity.birthDate?.year, entity.deathDate?.year];
  if (born && died) return `${born}–${died}`;
  if (born) return `born ${born}`;
  return died ? `died ${died}` : "";
}
