import { z } from "zod";
import { asIssue } from "../issue";
import { isRefusedName, refusedName } from "./names";

/** PostgreSQL stores neither NUL nor half a surrogate pair; refuse them here, before the database fails. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

export const NOT_STORABLE = "This contains a character that can’t be stored. Retype the text.";

/** Any text from outside: of a known greatest length, and fit to be stored, searched for, or compared with what is. */
export function text(max: number, tooLong?: string) {
  return z.string().max(max, tooLong).refine(isStorable, NOT_STORABLE);
}

/** The same without the spaces around it, which do not count for its length. */
export function trimmedText(max: number, tooLong?: string) {
  return z.string().trim().max(max, tooLong).refine(isStorable, NOT_STORABLE);
}

/** A text that becomes the name of something: a key of an object, a segment of a path, a property of an event. */
export function nameText(max: number, tooLong?: string) {
  return text(max, tooLong).superRefine((name, context) => {
    if (isRefusedName(name)) context.addIssue({ code: "custom", ...asIssue(refusedName(name)) });
  });
}

/** Without the spaces around it and in lower case. `schema` says what an address may be. */
export function emailText(max: number, messages: { missing: string; tooLong: string; malformed: string }) {
  return trimmedText(max, messages.tooLong)
    .toLowerCase()
    .min(1, messages.missing)
    .pipe(z.email(messages.malformed));
}

/** In the form in which PostgreSQL takes one as an id. */
export function isUuid(text: string): boolean {
  return z.guid().safeParse(text).success;
}

const MAX_EMAIL_CHARS = 254;

export const emailSchema = emailText(MAX_EMAIL_CHARS, {
  missing: "Enter your email address.",
  tooLong: "This email address is too long.",
  malformed: "This isn’t an email address. Enter one such as ada@example.com.",
});
