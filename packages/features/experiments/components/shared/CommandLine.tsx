"use client";

import { useLocale } from "@calcom/lib/i18n";
import { CopyButton, cn } from "@calcom/ui";

interface CommandLineProps {
  command: string;
  /** What it is for. */
  label: string;
  className?: string;
}

/** A command to be run as it stands: on one line, which scrolls where it has no room, by keyboard too. */
export function CommandLine({ command, label, className }: CommandLineProps) {
  const { t } = useLocale();
  const frame = { role: "group", "aria-label": label, tabIndex: 0 };
  return (
    <span className={cn("flex max-w-prose items-center rounded-md border bg-subtle pe-1", className)}>
      <span
        {...frame}
        className="min-w-0 flex-1 overflow-x-auto whitespace-nowrap px-2.5 py-1.5 focus-visible:-outline-offset-2"
      >
        <code className="font-mono text-xs">{command}</code>
      </span>
      <CopyButton
        value={command}
        label={t("copy")}
        copiedLabel={t("copied")}
        failedLabel={t("could_not_copy")}
        className="print:hidden"
      />
    </span>
  );
}
