"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useEffect, useRef } from "react";

/** Loads the next page when it comes into view; the button is for the keyboard, and for a page that failed. */
export function LoadMore({
  isLoading,
  hasFailed,
  load,
}: {
  isLoading: boolean;
  hasFailed: boolean;
  load: () => void;
}) {
  const { t } = useLocale();
  const element = useRef<HTMLDivElement>(null);
  const mayLoad = !isLoading && !hasFailed;
  const latestLoad = useRef(load);
  useEffect(() => {
    latestLoad.current = load;
  }, [load]);

  useEffect(() => {
    // Where nothing can be watched, the button is there.
    if (!mayLoad || element.current === null || typeof IntersectionObserver !== "function") return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) latestLoad.current();
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [mayLoad]);

  return (
    <div ref={element} className="flex items-center gap-3 border-t py-3">
      <Button variant="outline" size="sm" loading={isLoading} onClick={load}>
        {t(hasFailed ? "try_again" : "flag_load_more")}
      </Button>
      {hasFailed && (
        <p role="alert" className="text-dense text-destructive">
          {t("flag_more_could_not_be_loaded")}
        </p>
      )}
    </div>
  );
}
