"use client";

import { useLocale } from "@calcom/lib/i18n";
import type { PersonKey } from "../../types/people";
import { useAudiencePort } from "../form/targeting/audience-port";
import { type Settled, useSettled } from "../form/targeting/use-settled";
import type { Typed } from "./read-typed";
import { personIsKeys } from "./rule-words";

export interface Suggestion {
  key: PersonKey;
  name: string;
  detail: string;
}

const FEWEST_CHARS = 2;

/** Whom the typed text may mean. Only who may be told names of customers is offered users. */
export function useSuggestions(typed: Typed, mayName: boolean): Settled<Suggestion[]> {
  const { t } = useLocale();
  const port = useAudiencePort();
  const isAsked =
    typed.kind === "name"
      ? typed.text.length >= FEWEST_CHARS
      : typed.kind === "number" || (typed.kind === "email" && mayName);
  return useSettled(isAsked && port !== null ? { typed, mayName } : null, async (asked) => {
    if (asked.typed.kind === "number") {
      const { id } = asked.typed;
      return (["user", "team"] as const).map((unit) => ({
        key: { unit, id },
        name: t(personIsKeys[unit], { id }),
        detail: "",
      }));
    }
    const text = asked.typed.kind === "name" ? asked.typed.text : textOf(asked.typed);
    const [people, teams] = await Promise.all([
      asked.mayName ? (port?.findPeople(text) ?? []) : [],
      asked.typed.kind === "name" ? (port?.findTeams(text, [], null) ?? []) : [],
    ]);
    return [
      ...people.map(({ id, name, email }) => ({ key: { unit: "user" as const, id }, name, detail: email })),
      ...teams.map(({ id, name, slug }) => ({
        key: { unit: "team" as const, id },
        name,
        detail: `${t("person_team_is", { id })} · ${slug}`,
      })),
    ];
  });
}

function textOf(typed: Typed): string {
  return typed.kind === "email" ? typed.email : "";
}
