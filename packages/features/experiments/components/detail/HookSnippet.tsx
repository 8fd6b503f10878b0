"use client";

import { useLocale } from "@calcom/lib/i18n";
import { CopyButton } from "@calcom/ui";
import type { ExperimentConfig } from "../../types/config";
import { hookSnippet } from "./hook-snippet";

export function HookSnippet({ slug, config }: { slug: string; config: ExperimentConfig }) {
  const { t } = useLocale();
  const code = hookSnippet(slug, config);
  const frame = { role: "group", "aria-label": t("experiment_use_in_code"), tabIndex: 0 };
  return (
    <div className="max-w-3xl overflow-hidden rounded-lg border">
      <div className="flex items-center justify-between border-b bg-subtle py-1 pr-1 pl-4">
        <span className="font-mono text-muted-foreground text-xs">tsx</span>
        <CopyButton
          showLabel
          value={code}
          label={t("copy")}
          copiedLabel={t("copied")}
          failedLabel={t("could_not_copy")}
        />
      </div>
      {/* Long lines scroll inside of it, by keyboard too. */}
      <pre className="overflow-x-auto p-4 font-mono text-dense focus-visible:-outline-offset-2" {...frame}>
        <code>{code}</code>
      </pre>
    </div>
  );
}
