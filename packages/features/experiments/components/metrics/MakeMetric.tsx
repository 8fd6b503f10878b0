"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogHeader,
  DialogTitle,
  Skeleton,
} from "@calcom/ui";
import { useState } from "react";
import { useMay } from "../ExperimentPermissions";
import { useSettled } from "../form/targeting/use-settled";
import { MetricForm } from "./MetricForm";
import { emptyMetric } from "./metric-form-model";
import { useMetricsPort } from "./metrics-admin-port";

/** Makes a metric beside a form, which stays as it is. */
export function MakeMetric({ onMade }: { onMade: (key: string) => void }) {
  const { t } = useLocale();
  const port = useMetricsPort();
  const mayEdit = useMay("edit");
  const [isOpen, setOpen] = useState(false);
  const sources = useSettled(
    isOpen && port !== null ? "sources" : null,
    async () => (await port?.sources()) ?? [],
  );
  if (port === null || !mayEdit) return null;
  return (
    <>
      <Button type="button" variant="outline" onClick={() => setOpen(true)}>
        {t("metric_make")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent fillsSmallScreens closeLabel={t("close")}>
          <DialogHeader>
            <DialogTitle>{t("metric_make_title")}</DialogTitle>
            <DialogDescription>{t("metric_make_description")}</DialogDescription>
          </DialogHeader>
          <DialogBody>
            {sources.status === "failed" ? (
              <p className="text-dense text-destructive">{sources.message}</p>
            ) : sources.status === "done" ? (
              <MetricForm
                initial={emptyMetric}
                sources={sources.value}
                isVersion={false}
                isInDialog
                submitLabel={t("metric_create")}
                onSubmit={async (metric) => {
                  const refusal = await port.create(metric);
                  if (refusal !== null) return refusal;
                  setOpen(false);
                  onMade(metric.key);
                  return null;
                }}
              >
                <Button type="button" variant="outline" onClick={() => setOpen(false)}>
                  {t("cancel")}
                </Button>
              </MetricForm>
            ) : (
              <Skeleton className="h-60 w-full" />
            )}
          </DialogBody>
        </DialogContent>
      </Dialog>
    </>
  );
}
