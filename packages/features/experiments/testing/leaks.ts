/** What was counted of one variant: a number that nobody may learn while the comparison is withheld. */
export interface Secret {
  variant: string;
  subjects: number;
  converted: number;
}

/**
 * Finds in an answer, however deep and in whatever text, the conversions of a variant or figures from which they follow
 * beside the totals and the subjects, which everybody may know: rates, those who did not convert, all but one variant,
 * differences and lifts.
 */
export function leaksIn(answer: unknown, secrets: readonly Secret[]): string[] {
  const forbidden = secretsOf(secrets);
  const found: string[] = [];
  const look = (value: unknown, path: string): void => {
    if (typeof value === "number") found.push(...told(value, forbidden).map((what) => `${path}: ${what}`));
    else if (typeof value === "string" && parsed(value) !== null) look(parsed(value), path);
    else if (typeof value === "string")
      for (const number of numbersIn(value))
        found.push(...told(number, forbidden).map((what) => `${path}: ${what} in a text`));
    else if (value instanceof Map || value instanceof Set) look([...value], path);
    else if (value instanceof Error) look({ ...value, message: value.message, cause: value.cause }, path);
    else if (typeof value === "object" && value !== null && !(value instanceof Date))
      // A duration may be any number.
      for (const [key, inner] of Object.entries(value)) if (key !== "tookMs") look(inner, `${path}.${key}`);
  };
  look(answer, "answer");
  return found;
}

/** What a text in JSON holds; null of any other. */
function parsed(text: string): object | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

interface Forbidden {
  what: string;
  value: number;
  /** By how much a rounded figure may differ. */
  within: number;
}

function secretsOf(secrets: readonly Secret[]): Forbidden[] {
  const total = secrets.reduce((sum, { converted }) => sum + converted, 0);
  const count = (what: string, value: number) => ({ what, value, within: 1e-9 });
  const share = (what: string, value: number) => [
    { what, value, within: 5e-4 },
    { what: `${what} in percent`, value: 100 * value, within: 0.051 },
  ];
  const single = secrets.flatMap(({ variant, subjects, converted }) => [
    count(`conversions of ${variant}`, converted),
    count(`those of ${variant} who did not convert`, subjects - converted),
    count(`conversions of all but ${variant}`, total - converted),
    ...share(`rate of ${variant}`, converted / subjects),
  ]);
  const pairs = secrets.flatMap((one) =>
    secrets.flatMap((other) => {
      if (one === other) return [];
      const [rate, against] = [one.converted / one.subjects, other.converted / other.subjects];
      return [
        count(`difference of ${one.variant} and ${other.variant}`, one.converted - other.converted),
        ...share(`difference of the rates of ${one.variant} and ${other.variant}`, rate - against),
        ...share(`lift of ${one.variant} over ${other.variant}`, rate / against - 1),
      ];
    }),
  );
  return [...single, ...pairs];
}

function told(value: number, forbidden: readonly Forbidden[]): string[] {
  return forbidden
    .filter(({ value: secret, within }) => Math.abs(value - secret) <= within)
    .map(({ what }) => what);
}

/** Numbers that stand by themselves, with thousands as English and German group them; none that are part of an id or a time. */
function numbersIn(text: string): number[] {
  return [...text.matchAll(/(?<![\w.:-])[-\u2212]?\d+(?:[.,]\d+)*(?:e-?\d+)?(?![\w:-])/g)].flatMap(
    ([token]) => {
      const plain = token.replace("\u2212", "-");
      const english = plain.replaceAll(",", "");
      const german = plain.replaceAll(".", "").replace(",", ".");
      // Cells of a line of CSV stand like groups of digits.
      return [english, german, ...plain.split(",")].map(Number).filter(Number.isFinite);
    },
  );
}
