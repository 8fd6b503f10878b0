"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { MessagePage } from "./MessagePage";

export interface ErrorMessageProps {
  /** The digest is what the server's log has the failure under; failures in the browser have none. */
  error: Error & { digest?: string };
  retry: () => void;
}

export function ErrorMessage({ error, retry }: ErrorMessageProps) {
  const { t } = useLocale();
  return (
    <MessagePage
      status={error.digest ? t("error_page_digest", { digest: error.digest }) : t("error_page_status")}
      title={t("error_page_title")}
      description={t("error_page_description")}
      link={{ href: "/", label: t("back_to_start") }}
      action={<Button onClick={retry}>{t("try_again")}</Button>}
    />
  );
}
