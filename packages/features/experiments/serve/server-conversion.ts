import { randomUUID } from "node:crypto";
import { isStorable } from "@calcom/lib/gate/text";
import { refusalOf } from "@calcom/lib/issue";
import { ExperimentError } from "../types/errors";
import { eventNameSchema } from "../types/names";

/** A conversion that server code reports. A plain name means `{ event }`. */
export interface ServerConversion {
  event: string;
  /** The value, to six decimals and below 10¹² either way. Text is exact; a number is rounded to six decimals. */
  value?: number | string;
  /** Repetitions with the same key count once per subject. Without a key each call counts. */
  key?: string;
  /** When it happened, if not just now. A time in the future counts as now. */
  occurredAt?: Date;
}

export interface CheckedConversion {
  event: string;
  key: string;
  value: string | null;
  /** Epoch milliseconds. */
  occurredAtMs: number | null;
}

export const MAX_KEY_LENGTH = 100;
/** Rounds alike on both sides of zero, because refunds are negative. */
const MAX_VALUE = 1e12;
const DECIMAL = /^-?\d{1,12}(\.\d{1,6})?$/;

/** @throws ExperimentError `invalid_conversion`, at the field that is wrong */
export function checkConversion(conversion: string | ServerConversion): CheckedConversion {
  const given = typeof conversion === "string" ? { event: conversion } : conversion;
  return {
    event: checkEvent(given.event),
    key: checkKey(given.key),
    value: given.value === undefined ? null : checkValue(given.value),
    occurredAtMs: given.occurredAt === undefined ? null : checkTime(given.occurredAt),
  };
}

function checkEvent(event: string): string {
  const checked = eventNameSchema.safeParse(event);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw invalid("event", issue ? refusalOf(issue).message : "Enter an event name.");
}

function checkKey(key: string = randomUUID()): string {
  if (typeof key === "string" && key !== "" && key.length <= MAX_KEY_LENGTH && isStorable(key)) return key;
  throw invalid(
    "key",
    `A key is text of 1 to ${MAX_KEY_LENGTH} characters without NUL or half a surrogate pair.`,
  );
}

function checkValue(value: number | string): string {
  const text = typeof value === "number" && Math.abs(value) < MAX_VALUE ? value.toFixed(6) : String(value);
  if (DECIMAL.test(text)) return text;
  throw invalid(
    "value",
    typeof value === "number"
      ? `${value} is no value: use a finite number between -10^12 and 10^12.`
      : `${JSON.stringify(text.slice(0, 40))} is no value: use a plain decimal such as "49.90", with at most twelve digits before the point and six behind it.`,
  );
}

function checkTime(occurredAt: Date): number {
  const milliseconds = Number(occurredAt);
  if (milliseconds >= 0) return milliseconds;
  throw invalid("occurredAt", "Use a valid date after 1970, or leave occurredAt out for now.");
}

function invalid(field: string, sentence: string): ExperimentError {
  return new ExperimentError("invalid_conversion", sentence, { field });
}
