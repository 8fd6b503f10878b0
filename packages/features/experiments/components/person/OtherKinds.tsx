"use client";

import { useLocale } from "@calcom/lib/i18n";
import Link from "next/link";
import { type PersonKey, personKeySchema } from "../../types/people";

interface OtherKindsProps {
  /** Who was looked up in vain. */
  refused: PersonKey;
  hrefOf: (person: PersonKey) => string;
}

/** The same id may be that of a team, or of a browser: one click tries it. */
export function OtherKinds({ refused, hrefOf }: OtherKindsProps) {
  const { t } = useLocale();
  const others = UNITS.filter((unit) => unit !== refused.unit).flatMap(
    (unit) => personKeySchema.safeParse({ unit, id: refused.id }).data ?? [],
  );
  // What a browser's id looks like is none of a user or a team in most applications.
  if (refused.unit === "visitor" || others.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-dense">
      {others.map((key) => (
        <li key={key.unit}>
          <Link
            href={hrefOf(key)}
            prefetch={false}
            className="wrap-anywhere underline underline-offset-2 pointer-coarse:py-3"
          >
            {t(lookUpKeys[key.unit], { id: key.id })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

const UNITS = ["user", "team", "visitor"] as const;

const lookUpKeys: Record<PersonKey["unit"], string> = {
  user: "person_lookup_as_user",
  team: "person_lookup_as_team",
  visitor: "person_lookup_as_visitor",
};
