import { z } from "zod";

/**
 * The years that zod, JavaScript and PostgreSQL read and write alike, in any time zone: there is no year 0 in
 * PostgreSQL, and a year of five digits is written by each in its own way.
 */
const FIRST_MS = Date.UTC(1970, 0, 1);
const END_MS = Date.UTC(9999, 11, 31);

export const OUT_OF_RANGE = "Choose a date between 1970 and 9999.";

/** Epoch milliseconds of a day or an instant in ISO 8601; null for what is none, or none that can be stored. */
export function readMoment(value: unknown): number | null {
  if (typeof value !== "string" || !ISO.test(value)) return null;
  const milliseconds = Date.parse(value);
  return milliseconds >= FIRST_MS && milliseconds < END_MS ? milliseconds : null;
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * An instant with its zone. It is kept in UTC and to the millisecond, because PostgreSQL knows fewer offsets than zod
 * lets through, and so that texts compare as the instants do.
 */
export function moment(message: string) {
  return z.iso
    .datetime({ offset: true, error: message })
    .refine(isInRange, OUT_OF_RANGE)
    .overwrite((value) => {
      const milliseconds = readMoment(value);
      return milliseconds === null ? value : new Date(milliseconds).toISOString();
    });
}

/** A day such as 2026-11-23. */
export function day(message: string) {
  return z.iso.date(message).refine(isInRange, OUT_OF_RANGE);
}

function isInRange(value: string): boolean {
  return readMoment(value) !== null;
}
