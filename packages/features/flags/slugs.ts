import { text } from "@calcom/lib/gate/text";

/** Rows made by hand may have any slug, so naming one is not held to the rule for new ones. */
export const namedSlugSchema = text(200, "This slug is too long.").min(1, "Choose a flag.");
