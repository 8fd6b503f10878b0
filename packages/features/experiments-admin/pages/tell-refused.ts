import type { Translate } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";

/** Tells in a toast why it was not done: as `RefusalAlert` does where there is room for it. */
export function tellRefused(
  { message, changed }: { message: string; changed?: string | undefined },
  t: Translate,
  place: { id?: string; position?: "bottom-left" } = {},
): void {
  if (changed === undefined) toast.error(message, place);
  else toast.warning(changed, { ...place, description: t("changed_meanwhile_next"), duration: 12_000 });
}
