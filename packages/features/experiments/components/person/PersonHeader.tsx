"use client";

import type { Translate } from "@calcom/lib/i18n";
import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import type { PersonKey, SeenPerson } from "../../types/people";
import { shortId } from "../../utils/mask";
import { personIsKeys } from "./rule-words";

interface PersonFactsProps {
  person: SeenPerson;
  hrefOf: (person: PersonKey) => string;
}

/** How somebody is called, as far as the reader may know. */
export function personName({ unit, id, name, detail }: SeenPerson, t: Translate): string {
  const shown = unit === "visitor" ? shortId(id) : id;
  return name ?? detail ?? t(personIsKeys[unit], { id: shown });
}

/** The key of somebody, and what goes with the name. */
export function PersonLabel({ person: { unit, id, name, detail } }: Pick<PersonFactsProps, "person">) {
  return (
    <span className="flex flex-wrap gap-x-2 text-dense leading-5">
      <span className="wrap-anywhere font-mono text-xs leading-5">{`${unit}:${id}`}</span>
      {name !== null && detail !== null && <span className="wrap-anywhere">{detail}</span>}
    </span>
  );
}

/** Who else answers for them, and what the reader of their page has to know. */
export function PersonFacts({ person, hrefOf }: PersonFactsProps) {
  const { t } = useLocale();
  const { teams, visitorIds, userId } = person;
  return (
    <div className="wrap-anywhere grid gap-1 text-dense text-muted-foreground">
      {teams.length > 0 && (
        <Others
          term={t("person_teams")}
          others={teams.map((team) => ({ key: { unit: "team", id: team.id }, label: team.name }))}
          hrefOf={hrefOf}
        />
      )}
      {person.areMoreTeams && <p>{t("person_more_teams", { count: teams.length })}</p>}
      {visitorIds.length > 0 && (
        <Others
          term={t("person_browsers")}
          others={visitorIds.slice(0, MOST_BROWSERS).map((visitorId) => ({
            key: { unit: "visitor", id: visitorId },
            label: shortId(visitorId),
          }))}
          hrefOf={hrefOf}
        />
      )}
      {userId !== null && (
        <Others
          term={t("person_signed_in")}
          others={[{ key: { unit: "user", id: userId }, label: t("person_user_is", { id: userId }) }]}
          hrefOf={hrefOf}
        />
      )}
      <p>
        {person.isMasked && `${t("person_masked")} `}
        {t("person_logged")}
      </p>
    </div>
  );
}

const MOST_BROWSERS = 5;

interface OthersProps extends Pick<PersonFactsProps, "hrefOf"> {
  term: string;
  others: { key: PersonKey; label: string }[];
}

function Others({ term, others, hrefOf }: OthersProps) {
  return (
    <p className="flex flex-wrap gap-x-2">
      <span>{term}</span>
      {others.map(({ key, label }) => (
        <Link
          key={`${key.unit} ${key.id}`}
          href={hrefOf(key)}
          // Looking is recorded: a page that nobody opens must not be asked for.
          prefetch={false}
          className="wrap-anywhere text-foreground underline underline-offset-2"
        >
          {label}
        </Link>
      ))}
    </p>
  );
}
