"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Avatar, Badge, cn } from "@calcom/ui";
import { useDashboard } from "./dashboard-context";

/** As at the head of the page: who was invited is no member yet. */
export function MemberCount() {
  const { t } = useLocale();
  const { members } = useDashboard();
  const joined = members.filter(({ accepted }) => accepted).length;
  const invited = members.length - joined;
  return (
    <>
      {t("member_count", { count: joined })}
      {invited > 0 && `\u00a0· ${t("teams_invited_count", { count: invited })}`}
    </>
  );
}

export function MemberList({ isWide = false }: { isWide?: boolean }) {
  const { t } = useLocale();
  const { members } = useDashboard();
  return (
    <ul className={cn(isWide ? "grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-4" : "flex flex-col gap-3")}>
      {members.map(({ userId, name, email, role, accepted }) => (
        <li key={userId} className="flex items-center gap-3">
          <Avatar name={name} decorative />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium text-sm">{name}</span>
            <span className="block truncate text-dense text-muted-foreground">{email}</span>
          </span>
          {accepted ? (
            <span className="text-dense text-muted-foreground">{t(`role_${role.toLowerCase()}`)}</span>
          ) : (
            <Badge variant="muted">{t("teams_invited")}</Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
