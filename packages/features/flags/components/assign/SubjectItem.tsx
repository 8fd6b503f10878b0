"use client";

import { type Translate, useLocale } from "@calcom/lib/i18n";
import { Badge, SegmentedControl } from "@calcom/ui";
import Link from "next/link";
import { type FlagSubjectRow, type FlagType, type Override, overrideSchema } from "../../types";
import { overrideKey, sourceKeys } from "../flag-words";

interface SubjectItemProps {
  subject: FlagSubjectRow;
  /** Of the flag. */
  type: FlagType;
  href?: string | undefined;
  /** Null where nothing is changed. */
  onOverrideChange: ((override: Override) => void) | null;
}

export function SubjectItem({ subject, type, href, onOverrideChange }: SubjectItemProps) {
  const { t } = useLocale();
  const { name, detail, organizationName, isOrganization, override, inherited } = subject;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0 flex-1 basis-40">
        <p className="flex items-center gap-2">
          {href === undefined ? (
            <span className="truncate font-medium text-sm">{name}</span>
          ) : (
            <Link
              href={href}
              prefetch={false}
              className="truncate font-medium text-sm underline-offset-2 hover:underline"
            >
              {name}
            </Link>
          )}
          {isOrganization && <Badge variant="muted">{t("organization")}</Badge>}
        </p>
        <p className="truncate text-muted-foreground text-xs">
          {organizationName === null
            ? detail
            : t("flag_team_of_organization", { slug: detail, organization: organizationName })}
        </p>
        <p className="text-muted-foreground text-xs empty:hidden">
          {override === "inherit"
            ? inheritedText(inherited, type, t)
            : t("flag_override_set_here", { state: t(overrideKey(override, type)) })}
        </p>
      </div>
      {onOverrideChange !== null && (
        <SegmentedControl
          size="sm"
          className={type === "KILL_SWITCH" ? "w-56" : "w-44"}
          aria-label={t("flag_override_for", { name })}
          value={override}
          onValueChange={onOverrideChange}
          options={overrideSchema.options.map((value) => ({ value, label: t(overrideKey(value, type)) }))}
        />
      )}
    </li>
  );
}

function inheritedText(
  { enabled, source }: FlagSubjectRow["inherited"],
  type: FlagType,
  t: Translate,
): string | null {
  if (enabled === null) return t("flag_inherited_by_member");
  if (source === "global") return null;
  return t(sourceKeys[source], { state: t(overrideKey(enabled ? "on" : "off", type)) });
}
