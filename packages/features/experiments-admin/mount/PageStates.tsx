"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, ErrorState, PageHeader, Skeleton } from "@calcom/ui";
import Link from "next/link";
import { type ReactNode, useEffect } from "react";
import { usePaths } from "../api/host";
import { commandRefusal } from "../pages/api-refusal";
import type { First } from "./useFirst";

const ROWS = ["a", "b", "c", "d", "e"];

/** While the page, its texts or its first answer are on their way. */
export function PageSkeleton({ label }: { label?: string }) {
  return (
    <div role="status" aria-label={label} className="grid gap-4">
      <Skeleton className="h-7 w-56" />
      <Skeleton className="h-4 w-80 max-w-full" />
      <div className="grid gap-2 pt-2">
        {ROWS.map((row) => (
          <Skeleton key={row} className="h-10" />
        ))}
      </div>
    </div>
  );
}

/** Draws a page once there is what it begins with. */
export function FirstOf<Data>({ of, children }: { of: First<Data>; children: (first: Data) => ReactNode }) {
  const { t } = useLocale();
  if (of.status === "ready") return children(of.first);
  if (of.status === "loading") return <PageSkeleton />;
  const { code, message } = commandRefusal(of.error, t);
  if (code === "not_found") return <NotFound />;
  if (code === "not_allowed" || code === "not_signed_in") return <Refused description={message} />;
  return (
    <ErrorState
      title={t("experiments_could_not_be_loaded")}
      description={message}
      onRetry={of.retry}
      retryLabel={t("try_again")}
    />
  );
}

export function NotFound() {
  const { t } = useLocale();
  return (
    <Told title={t("experiment_not_found")} description={t("experiment_not_found_description")}>
      <BackToList />
    </Told>
  );
}

/** Shown to people who may not see the page. If they may see other pages, a link leads there. */
export function Refused({ description, hasRole = false }: { description: string; hasRole?: boolean }) {
  const { t } = useLocale();
  return (
    <Told title={t("forbidden_title")} description={description}>
      {hasRole && <BackToList />}
    </Told>
  );
}

interface ToldProps {
  title: string;
  description: string;
  children?: ReactNode;
}

/** A page that has nothing but a sentence. */
export function Told({ title, description, children }: ToldProps) {
  useTitle(title);
  return (
    <div className="grid justify-items-start gap-5">
      <PageHeader title={title} description={description} />
      {children}
    </div>
  );
}

function BackToList() {
  const { t } = useLocale();
  return (
    <Button asChild variant="outline">
      <Link href={usePaths().list}>{t("experiments_all")}</Link>
    </Button>
  );
}

/** The application names its own pages; these name themselves. */
export function useTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
