"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { AudienceWords } from "../../shared/audience";
import { useFormat } from "../../shared/useFormat";
import { useAudiencePort } from "./audience-port";
import { useSettled } from "./use-settled";

/** What the sentence of an audience needs, with the names of these teams and organizations, asked for all at once. */
export function useAudienceWords(ids: readonly (string | number)[]): AudienceWords {
  const { t } = useLocale();
  const { list, all } = useFormat();
  const port = useAudiencePort();
  const numbers = [...new Set(ids.map(Number))].filter((id) => Number.isInteger(id)).sort((a, b) => a - b);
  const found = useSettled(
    port !== null && numbers.length > 0 ? numbers : null,
    async (asked) => (await port?.findTeams("", asked, null)) ?? [],
  );
  const teams = found.status === "done" ? found.value : [];
  // A team that is gone has only its id left.
  const unnamed = (id: string | number) => (found.status === "waiting" ? "…" : String(id));
  const names = new Map(teams.map(({ id, name }) => [id, name]));
  return { t, list, all, teamName: (id) => names.get(Number(id)) ?? unnamed(id) };
}
