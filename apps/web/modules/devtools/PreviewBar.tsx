"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { EyeIcon, InfoIcon } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { type ReactNode, Suspense, useState } from "react";
import type { ShownPreview } from "./preview-api";
import { refusalKeys, refusalOf } from "./tools-wanted";

interface PreviewBarProps {
  previews: ShownPreview[];
  onStop: () => void;
  isPending: boolean;
}

/** Says that this is not what others see, and ends it. */
export function PreviewBar({ previews, onStop, isPending }: PreviewBarProps) {
  const { t } = useLocale();
  return (
    <section
      aria-label={t("preview_label")}
      className="pointer-events-none fixed inset-x-3 bottom-3 z-40 flex flex-col items-center gap-2 print:hidden"
    >
      <Suspense fallback={null}>
        <Refusal />
      </Suspense>
      {previews.length > 0 && (
        <Bar icon={<EyeIcon className="size-4 shrink-0 text-muted-foreground" />}>
          <p className="min-w-0 flex-1" role="status">
            {t("preview_shows")}{" "}
            {previews.map(({ slug, variant }, index) => (
              <span key={slug} className="wrap-anywhere">
                {index > 0 && ", "}
                <span className="font-mono text-xs">{slug}</span> ={" "}
                <span className="font-medium font-mono text-xs">{variant}</span>
              </span>
            ))}
          </p>
          <Button size="sm" variant="outline" loading={isPending} onClick={onStop}>
            {t("preview_stop")}
          </Button>
        </Bar>
      )}
    </section>
  );
}

/** What the address says of a link that shows nothing; it stays in the address until it was read. */
function Refusal() {
  const { t } = useLocale();
  const refusal = refusalOf(useSearchParams().toString());
  const [isRead, setRead] = useState(false);
  const key = refusal === null ? undefined : refusalKeys[refusal];
  if (key === undefined || isRead) return null;
  return (
    <Bar icon={<InfoIcon className="mt-0.5 size-4 shrink-0 self-start text-info" />}>
      <p className="min-w-0 flex-1 text-pretty" role="status">
        {t(key)}
      </p>
      <Button
        size="sm"
        variant="outline"
        onClick={() => {
          setRead(true);
          window.history.replaceState(null, "", withoutRefusal(location));
        }}
      >
        {t("preview_dismiss")}
      </Button>
    </Bar>
  );
}

function Bar({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="pointer-events-auto flex max-w-xl items-center gap-2.5 rounded-lg border bg-popover py-1.5 pr-1.5 pl-3 text-dense text-popover-foreground shadow-overlay">
      {icon}
      {children}
    </div>
  );
}

function withoutRefusal({ pathname, search, hash }: Location): string {
  const query = new URLSearchParams(search);
  query.delete("preview");
  return pathname + (query.size === 0 ? "" : `?${query}`) + hash;
}
