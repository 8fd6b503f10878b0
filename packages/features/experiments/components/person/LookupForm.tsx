"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Field, Input } from "@calcom/ui";
import { SearchIcon } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { HostId } from "../../types/host-id";
import type { PersonKey } from "../../types/people";
import { useMay } from "../ExperimentPermissions";
import { OtherKinds } from "./OtherKinds";
import { readTyped } from "./read-typed";
import { Suggestions } from "./Suggestions";
import { useSuggestions } from "./useSuggestions";

export interface LookupFormProps {
  /** Goes to the page of somebody. */
  onChoose: (person: PersonKey) => void;
  /** Finds who has a whole address: their id, or why there is none. */
  onFindEmail: (email: string) => Promise<{ id: HostId } | { refusal: string }>;
  hrefOf: (person: PersonKey) => string;
  /** Whether that page is on its way. */
  isGoing: boolean;
  /** Of what the address of the page has asked for. */
  refusal: string | null;
  /** What it has asked for in vain: it stays in the field, to be corrected. */
  refused?: string;
  /** Whom it has asked for in vain: what else that id may be is offered. */
  refusedPerson?: PersonKey | null;
  /** Whether nothing else is on the page: whoever comes can type at once, and is told what. */
  isAlone: boolean;
}

/** Looks somebody up: viewers by a whole id or address, editors by a part of a name too. */
export function LookupForm(props: LookupFormProps) {
  const {
    onChoose,
    onFindEmail,
    hrefOf,
    isGoing,
    refusal,
    refused = "",
    refusedPerson = null,
    isAlone,
  } = props;
  const { t } = useLocale();
  const id = useId();
  const mayName = useMay("edit");
  const [text, setText] = useState(refused);
  const [problem, setProblem] = useState(refusal);
  const [isFinding, setFinding] = useState(false);
  const typed = readTyped(text);
  const found = useSuggestions(typed, mayName);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isFinding || isGoing) return;
    if (typed.kind === "key") return onChoose(typed.key);
    if (typed.kind === "number") return onChoose({ unit: "user", id: typed.id });
    if (typed.kind === "email") {
      setFinding(true);
      const answer = await onFindEmail(typed.email);
      setFinding(false);
      return "id" in answer ? onChoose({ unit: "user", id: answer.id }) : setProblem(answer.refusal);
    }
    const [first] = found.status === "done" ? found.value : [];
    if (first !== undefined) return onChoose(first.key);
    setProblem(t(mayName ? "person_lookup_choose" : "person_lookup_exact_only"));
  }

  return (
    <form onSubmit={submit} noValidate className="grid max-w-xl gap-2">
      <Field
        label={t("person_lookup_label")}
        htmlFor={`${id}-who`}
        hint={isAlone ? t(mayName ? "person_lookup_hint" : "person_lookup_hint_exact") : undefined}
        error={problem}
        isUrgent
      >
        <div className="flex gap-2">
          <Input
            id={`${id}-who`}
            className="min-w-0 flex-1"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            autoFocus={isAlone}
            placeholder={t(mayName ? "person_lookup_any" : "person_lookup_exact")}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setProblem(null);
            }}
          />
          <Button type="submit" variant={isAlone ? "default" : "outline"} loading={isFinding || isGoing}>
            <SearchIcon />
            {t("person_lookup_go")}
          </Button>
        </div>
      </Field>
      {refusedPerson !== null && problem === refusal ? (
        <OtherKinds refused={refusedPerson} hrefOf={hrefOf} />
      ) : (
        <Suggestions found={found} isTold={problem !== null} hrefOf={hrefOf} />
      )}
    </form>
  );
}
