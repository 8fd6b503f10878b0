"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, Input, Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@calcom/ui";
import { XIcon } from "lucide-react";
import { useId } from "react";
import { TokensInput } from "../TokensInput";
import {
  type ConditionRule,
  type KnownAttribute,
  RULE_OPERATORS,
  type RuleOperator,
  takesList,
  takesNothing,
} from "./condition-model";

interface ConditionRuleRowProps {
  rule: ConditionRule;
  onChange: (rule: ConditionRule) => void;
  onRemove: () => void;
  known: KnownAttribute[];
}

/** "country — is one of — DE, AT". */
export function ConditionRuleRow({ rule, onChange, onRemove, known }: ConditionRuleRowProps) {
  const { t } = useLocale();
  const id = useId();
  const { path, operator, values } = rule;
  const suggested = known.find(({ name }) => name === path)?.values ?? [];
  return (
    <div className="grid grid-cols-[1fr_auto] items-start gap-1.5 sm:grid-cols-[minmax(7rem,1fr)_9.5rem_minmax(8rem,1.4fr)_auto]">
      <Input
        aria-label={t("condition_attribute")}
        placeholder={t("condition_attribute")}
        className="font-mono text-xs"
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        list={`${id}-names`}
        value={path}
        onChange={(event) => onChange({ ...rule, path: event.target.value })}
      />
      <datalist id={`${id}-names`}>
        {known.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Select
        value={operator}
        onValueChange={(next) => {
          const chosen = (Object.keys(RULE_OPERATORS) as RuleOperator[]).find((known) => known === next);
          if (chosen) onChange({ ...rule, operator: chosen });
        }}
      >
        <SelectTrigger aria-label={t("condition_operator")} className="max-sm:col-start-1">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          {(Object.keys(RULE_OPERATORS) as RuleOperator[]).map((known) => (
            <SelectItem key={known} value={known}>
              {t(`condition_${known}`)}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <div className="min-w-0 max-sm:col-start-1">
        {takesList(operator) ? (
          <TokensInput
            label={t("condition_values")}
            value={values}
            onChange={(next) => onChange({ ...rule, values: next })}
            placeholder={suggested.slice(0, 3).join(", ")}
          />
        ) : (
          !takesNothing(operator) && (
            <>
              <Input
                aria-label={t("condition_value")}
                placeholder={suggested[0] ?? t("condition_value")}
                autoCapitalize="none"
                autoComplete="off"
                spellCheck={false}
                maxLength={1_000}
                list={`${id}-values`}
                value={values[0] ?? ""}
                onChange={(event) => onChange({ ...rule, values: [event.target.value] })}
              />
              <datalist id={`${id}-values`}>
                {suggested.map((value) => (
                  <option key={value} value={value} />
                ))}
              </datalist>
            </>
          )
        )}
      </div>
      <Button
        type="button"
        variant="ghost"
        size="icon-sm"
        className="max-sm:col-start-2 max-sm:row-start-1"
        aria-label={t("condition_remove_rule", { path: path || t("condition_attribute") })}
        onClick={onRemove}
      >
        <XIcon />
      </Button>
    </div>
  );
}
