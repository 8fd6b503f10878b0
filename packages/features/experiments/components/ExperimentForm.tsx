"use client";

import { FormProvider } from "react-hook-form";
import {
  type ExperimentInput,
  type ExperimentPatch,
  experimentInputSchema,
  experimentPatchSchema,
} from "../types/input";
import { AboutSection } from "./form/AboutSection";
import { AnalysisSection } from "./form/AnalysisSection";
import { AudienceSection } from "./form/AudienceSection";
import type { EditableExperiment } from "./form/editable";
import { FormFooter } from "./form/FormFooter";
import { FormForecasts } from "./form/FormForecast";
import { MoreSection } from "./form/MoreSection";
import { SectionNav } from "./form/SectionNav";
import { StaleAlert } from "./form/StaleAlert";
import { SummaryAside } from "./form/SummaryAside";
import { SummaryDisclosure } from "./form/SummaryDisclosure";
import { type SaveRefusal, useExperimentEditing } from "./form/useExperimentEditing";
import { VariantsSection } from "./form/VariantsSection";
import { LeaveDialog } from "./LeaveDialog";
import { useIsWide } from "./shared/useIsWide";

export { type EditableExperiment, editable } from "./form/editable";
export type { SaveRefusal } from "./form/useExperimentEditing";

export type Save =
  | { kind: "create"; input: ExperimentInput }
  | { kind: "edit"; version: number; patch: ExperimentPatch };

export interface ExperimentFormProps {
  /** The one to edit; without it a new one is made. */
  experiment?: EditableExperiment;
  /** Null once it is saved; the caller then leads elsewhere. */
  onSave: (save: Save) => Promise<SaveRefusal | null>;
  /** The experiment as it stands now, after somebody else has saved it; null where that cannot be had. */
  loadCurrent?: () => Promise<EditableExperiment | null>;
  cancelHref: string;
  /** Follows a link that was held because of unsaved work. */
  navigate: (href: string) => void;
}

export function ExperimentForm(props: ExperimentFormProps) {
  const { onSave, cancelHref } = props;
  const isWide = useIsWide();
  const { form, base, collision, element, submit, guard } = useExperimentEditing({
    experiment: props.experiment,
    send: (candidate, edited) =>
      onSave(
        edited === undefined
          ? { kind: "create", input: experimentInputSchema.parse(candidate) }
          : { kind: "edit", version: edited.version, patch: experimentPatchSchema.parse(candidate) },
      ),
    loadCurrent: props.loadCurrent,
    navigate: props.navigate,
  });
  const status = base?.status ?? "draft";
  const servedNames = base?.config.variants.map(({ name }) => name) ?? [];
  return (
    <FormProvider {...form}>
      <FormForecasts registered={base?.config.registeredMetrics ?? null} slug={base?.slug}>
        <form
          ref={element}
          noValidate
          onSubmit={submit}
          className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,40rem)_minmax(14rem,1fr)]"
        >
          <div className="flex min-w-0 flex-col gap-10">
            <SectionNav />
            {collision && <StaleAlert {...collision} />}
            <AboutSection
              isNew={base === undefined}
              hasEnded={status === "concluded" || status === "archived"}
            />
            <VariantsSection status={status} servedNames={servedNames} />
            <AudienceSection status={status} slug={base?.slug} />
            <AnalysisSection status={status} />
            <MoreSection status={status} />
            <FormFooter isNew={base === undefined} cancelHref={cancelHref} isUndecided={collision !== null}>
              {!isWide && <SummaryDisclosure status={status} />}
            </FormFooter>
          </div>
          {isWide && <SummaryAside status={status} />}
        </form>
      </FormForecasts>
      <LeaveDialog guard={guard} />
    </FormProvider>
  );
}
