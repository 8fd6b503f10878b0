import { nameText, text, trimmedText } from "@calcom/lib/gate/text";
import { z } from "zod";

const PAGES = new Set(["new", "activity", "people"]);

/**
 * The slug is also a path segment, a PostHog property and part of a hash key. So the rule is narrow, and slugs never
 * change.
 */
export const slugSchema = nameText(64, "Use at most 64 characters.")
  .min(1, "Enter a slug.")
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "Use lowercase letters, digits and single hyphens, such as upgrade-button-test.",
  )
  .refine((slug) => !PAGES.has(slug), "This slug is reserved. Choose another one.");

/** For naming an experiment that exists: slugs from before the rule above are still found. */
export const knownSlugSchema = text(200, "This slug is too long.").min(1, "Choose an experiment.");

export const searchSchema = trimmedText(100, "Use at most 100 characters to search.");

/** A word by which a team groups its experiments. */
export const tagSchema = trimmedText(30, "Use at most 30 characters.")
  .toLowerCase()
  .regex(/^[\p{L}\p{N}]+(?:[-_.][\p{L}\p{N}]+)*$/u, "Use letters, digits and hyphens, such as onboarding.");

export const tagsSchema = z
  .array(tagSchema)
  .max(10, "Use at most ten tags.")
  .refine((tags) => new Set(tags).size === tags.length, "Enter each tag once.");

export const variantNameSchema = nameText(64, "Use at most 64 characters.")
  .min(1, "Enter a variant name.")
  .regex(
    /^[a-z0-9]+(?:[-_][a-z0-9]+)*$/,
    "Use lowercase letters, digits, hyphens and underscores, such as variant-a.",
  )
  // PostHog reads these two as booleans.
  .refine(
    (name) => name !== "true" && name !== "false",
    "PostHog reads true and false as flag values. Choose another name.",
  );

export const eventNameSchema = nameText(64, "Use at most 64 characters.")
  .min(1, "Enter an event name.")
  .regex(/^[a-z0-9]+(?:[._:-][a-z0-9]+)*$/, "Use lowercase letters and digits, joined by _, -, . or :.");
