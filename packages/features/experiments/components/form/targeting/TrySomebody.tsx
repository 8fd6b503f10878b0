"use client";

import { useLocale } from "@calcom/lib/i18n";
import { refusalOf } from "@calcom/lib/issue";
import { type Refusal, say } from "@calcom/lib/sentence";
import { Input, Label } from "@calcom/ui";
import { CheckIcon, MinusIcon } from "lucide-react";
import { useId, useState } from "react";
import { useWatch } from "react-hook-form";
import type { Trial } from "../../../types/audience";
import type { HostId } from "../../../types/host-id";
import { experimentInputSchema } from "../../../types/input";
import { reasonKeys } from "../../shared/words";
import { toSettings } from "../form-settings";
import type { FormValues } from "../form-values";
import { useAudiencePort } from "./audience-port";
import { useSettled } from "./use-settled";

interface Candidate {
  id: HostId;
  name: string;
  detail: string;
}

/** Type somebody, and see whether the settings would take them in, and why. */
export function TrySomebody({ slug }: { slug: string | undefined }) {
  const { t } = useLocale();
  const port = useAudiencePort();
  const id = useId();
  const values = useWatch<FormValues>() as FormValues;
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const isTeam = values.unit === "team";
  const found = useSettled(
    port && chosen === null && search.trim() !== "" ? { search: search.trim(), isTeam } : null,
    async (asked): Promise<Candidate[]> =>
      asked.isTeam
        ? ((await port?.findTeams(asked.search, [], null)) ?? []).map((team) => ({
            ...team,
            detail: team.slug,
          }))
        : ((await port?.findPeople(asked.search)) ?? []).map((person) => ({
            ...person,
            detail: person.email,
          })),
  );
  const input = experimentInputSchema.safeParse({
    ...toSettings(values),
    slug: "a-trial",
    name: values.name || "-",
  });
  const trial = useSettled(
    port && chosen !== null && input.success ? { input: input.data, subjectId: chosen.id, slug } : null,
    async ({ slug: saved, ...asked }) =>
      (await port?.tryOut({ ...asked, ...(saved !== undefined && { slug: saved }) })) ?? null,
  );
  if (port === null || values.unit === "visitor") return null;
  return (
    <div className="grid gap-1.5 rounded-md border bg-muted/40 p-3">
      <Label htmlFor={`${id}-who`}>{t("try_somebody")}</Label>
      <Input
        id={`${id}-who`}
        autoComplete="off"
        maxLength={100}
        placeholder={t(isTeam ? "try_somebody_team" : "try_somebody_user")}
        value={chosen?.name ?? search}
        onChange={(event) => {
          setChosen(null);
          setSearch(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          const [first] = found.status === "done" ? found.value : [];
          if (chosen === null && first) setChosen(first);
        }}
      />
      {chosen === null && found.status === "done" && (
        <ul className="grid gap-px">
          {found.value.map((candidate) => (
            <li key={candidate.id}>
              <button
                type="button"
                className="flex w-full items-baseline gap-2 rounded-md px-2 py-1 text-left text-dense hover:bg-muted"
                onClick={() => setChosen(candidate)}
              >
                <span>{candidate.name}</span>
                <span className="wrap-anywhere text-muted-foreground text-xs">{candidate.detail}</span>
              </button>
            </li>
          ))}
          {found.value.length === 0 && (
            <li className="text-dense text-muted-foreground">{t("try_somebody_none")}</li>
          )}
        </ul>
      )}
      <div aria-live="polite" className="text-dense">
        {chosen !== null && !input.success && (
          <p className="text-muted-foreground">
            {t("try_somebody_invalid", { reason: say(t, firstRefusal(input.error)) })}
          </p>
        )}
        {found.status === "failed" && <p className="text-destructive">{found.message}</p>}
        {trial.status === "failed" && <p className="text-destructive">{trial.message}</p>}
        {trial.status === "done" && trial.value !== null && <Outcome trial={trial.value} />}
      </div>
    </div>
  );
}

function firstRefusal({ issues }: { issues: { message: string }[] }): Refusal {
  return issues[0] ? refusalOf(issues[0]) : { message: "" };
}

function Outcome({ trial }: { trial: Trial }) {
  const { t } = useLocale();
  const { decision, isVariantKnown, facts } = trial;
  const isIn = decision.variant !== null;
  return (
    <div className="grid gap-1">
      <p className="flex items-center gap-1.5 font-medium">
        {isIn ? (
          <CheckIcon aria-hidden className="size-4 text-success" />
        ) : (
          <MinusIcon aria-hidden className="size-4" />
        )}
        {isIn
          ? isVariantKnown
            ? t("try_somebody_in_variant", { variant: decision.variant })
            : t("try_somebody_in")
          : t("try_somebody_out")}
      </p>
      <p className="text-muted-foreground">{t(reasonKeys[decision.reason])}</p>
      {Object.keys(facts).length > 0 && (
        <pre className="overflow-x-auto whitespace-pre-wrap rounded-md bg-muted px-2 py-1.5 font-mono text-xs">
          {JSON.stringify(facts, null, 2)}
        </pre>
      )}
    </div>
  );
}
