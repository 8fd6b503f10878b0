import { sentence } from "@calcom/lib/sentence";
import { FlagError } from "./errors";
import type { FlagsRepository } from "./flags.repository";

/** @throws FlagError `is_experiment`, `flag_not_found` */
export async function requirePlainFlag(flags: Pick<FlagsRepository, "typeOf">, slug: string): Promise<void> {
  const type = await flags.typeOf(slug);
  if (type === null)
    throw new FlagError("flag_not_found", sentence("There is no flag {{slug}}. Reload the list.", { slug }));
  if (type === "EXPERIMENT") {
    throw new FlagError(
      "is_experiment",
      sentence(
        "{{slug}} is an experiment. Start, pause or turn it off on its own page, so its data stays valid.",
        { slug },
      ),
    );
  }
}
