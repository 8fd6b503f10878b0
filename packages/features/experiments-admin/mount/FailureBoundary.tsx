"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ErrorState } from "@calcom/ui";
import { Component, type ReactNode } from "react";

/** A fault of a page, or a part of it that did not arrive, stays within it: the application around it goes on. */
export class FailureBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useLocale();
  return (
    <ErrorState
      title={t("experiments_page_failed")}
      description={t("experiments_page_failed_description")}
      onRetry={() => window.location.reload()}
      retryLabel={t("try_again")}
    />
  );
}
