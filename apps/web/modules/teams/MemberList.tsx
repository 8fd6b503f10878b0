"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Avatar, Badge, cn } from "@calcom/ui";
import { useDashboard } from "./dashboard-context";

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
