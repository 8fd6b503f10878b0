"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, cn } from "@calcom/ui";
import { ChevronUpIcon } from "lucide-react";
import { useId, useState } from "react";
import type { Status } from "../../types/settings";
import { FormSummary } from "./FormSummary";

/** Where there is no room beside the form: at hand in its footer, and out of the way until it is asked for. */
export function SummaryDisclosure({ status }: { status: Status }) {
  const { t } = useLocale();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="basis-full">
      <Button
        type="button"
        variant="ghost"
        size="sm"
        className="-ml-2.5"
        aria-expanded={isOpen}
        aria-controls={`${id}-summary`}
        onClick={() => setOpen(!isOpen)}
      >
        <ChevronUpIcon className={cn("transition-transform", isOpen && "rotate-180")} />
        {t("summary")}
      </Button>
      <section id={`${id}-summary`} aria-label={t("summary")} hidden={!isOpen}>
        {isOpen && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
          <div tabIndex={0} className="max-h-[50dvh] overflow-y-auto pt-1 pb-3">
            <FormSummary status={status} />
          </div>
        )}
      </section>
    </div>
  );
}
