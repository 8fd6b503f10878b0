"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button, SegmentedControl } from "@calcom/ui";
import { PlusIcon, XIcon } from "lucide-react";
import { useId } from "react";
import { ConditionRuleRow } from "./ConditionRuleRow";
import {
  type ConditionGroup,
  type ConditionNode,
  emptyGroup,
  emptyRule,
  type KnownAttribute,
} from "./condition-model";

interface ConditionBuilderProps {
  group: ConditionGroup;
  onChange: (group: ConditionGroup) => void;
  known: KnownAttribute[];
  disabled: boolean;
  /** How deep it stands; the outermost is 0. */
  depth?: number;
}

/** Deeper ones are for the API: nobody reads them in a form. */
const MAX_DEPTH = 2;

/** Rules on attributes, in groups of which all or any hold. */
export function ConditionBuilder({ group, onChange, known, disabled, depth = 0 }: ConditionBuilderProps) {
  const { t } = useLocale();
  const id = useId();
  const { join, children } = group;
  const replace = (index: number, child: ConditionNode) =>
    onChange({ ...group, children: children.with(index, child) });
  const remove = (index: number) =>
    onChange({ ...group, children: children.filter((_, place) => place !== index) });
  const add = (child: ConditionNode) => onChange({ ...group, children: [...children, child] });
  return (
    <fieldset
      disabled={disabled}
      className="grid min-w-0 gap-2 data-nested:border-l data-nested:pl-3"
      data-nested={depth > 0 || undefined}
    >
      <legend className="sr-only">{t("condition_group")}</legend>
      {children.length > 1 && (
        <SegmentedControl
          size="sm"
          aria-label={t("condition_join")}
          value={join}
          onValueChange={(next) => onChange({ ...group, join: next })}
          options={[
            { value: "all", label: t("condition_all") },
            { value: "any", label: t("condition_any") },
          ]}
        />
      )}
      {children.map((child, index) =>
        child.kind === "rule" ? (
          <ConditionRuleRow
            // Rules have no identity of their own, and a row keeps no state.
            key={`${id}-${String(index)}`}
            rule={child}
            onChange={(rule) => replace(index, rule)}
            onRemove={() => remove(index)}
            known={known}
          />
        ) : (
          <div key={`${id}-${String(index)}`} className="flex items-start gap-1">
            <div className="min-w-0 flex-1">
              <ConditionBuilder
                group={child}
                onChange={(nested) => replace(index, nested)}
                known={known}
                disabled={disabled}
                depth={depth + 1}
              />
            </div>
            <Button
              type="button"
              variant="ghost"
              size="icon-sm"
              aria-label={t("condition_remove_group")}
              onClick={() => remove(index)}
            >
              <XIcon />
            </Button>
          </div>
        ),
      )}
      <div className="flex flex-wrap gap-1">
        <Button type="button" variant="outline" size="sm" onClick={() => add(emptyRule)}>
          <PlusIcon />
          {t("condition_add_rule")}
        </Button>
        {depth < MAX_DEPTH && children.length > 0 && (
          <Button
            type="button"
            variant="ghost"
            size="sm"
            onClick={() =>
              add({ ...emptyGroup, join: join === "all" ? "any" : "all", children: [emptyRule] })
            }
          >
            {t("condition_add_group")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
