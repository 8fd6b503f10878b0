import { tellDeleted } from "@calcom/features/experiments-admin/pages/tell-deleted";
import { expect, test } from "vitest";
import { localeOf } from "@/lib/i18n-server";

const name = "Upgrade button";

test.each([
  ["en", 1_500_000, 300_000, "Deleted Upgrade button with 1,500,000 assignments and 300,000 conversions"],
  ["en", 1, 1, "Deleted Upgrade button with 1 assignment and 1 conversion"],
  ["en", 12, 0, "Deleted Upgrade button with 12 assignments"],
  ["en", 0, 0, "Deleted Upgrade button"],
  ["de", 1_500_000, 1, "Upgrade button mit 1.500.000 Zuweisungen und 1 Conversion gelöscht"],
  ["de", 0, 0, "Upgrade button gelöscht"],
] as const)(
  "a deletion says in %s how much it has destroyed (%i, %i)",
  (code, assignments, conversions, said) => {
    expect(tellDeleted(localeOf(code), { name, assignments, conversions })).toBe(said);
  },
);
