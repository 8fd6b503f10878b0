"use client";

import { useLocale } from "@calcom/lib/i18n";
import { MessagePage } from "./MessagePage";

export function NotFoundMessage() {
  const { t } = useLocale();
  return (
    <MessagePage
      status="404"
      title={t("not_found_title")}
      description={t("not_found_description")}
      link={{ href: "/", label: t("back_to_start") }}
    />
  );
}
