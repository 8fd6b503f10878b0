"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
  Field,
  Input,
  Select,
  SelectContent,
  SelectItem,
  SelectTrigger,
  SelectValue,
  Textarea,
} from "@calcom/ui";
import { zodResolver } from "@hookform/resolvers/zod";
import { useId } from "react";
import { Controller, useForm } from "react-hook-form";
import { type FlagFormValues, type FlagInput, flagInputSchema, plainFlagTypeSchema } from "../types";
import { typeSentenceKeys, typeTitleKeys } from "./flag-words";

/** Why it was not done, in words fit to show, and the field it belongs to. */
export interface FlagRefusal {
  message: string;
  field: string | null;
  /** Who changed what, if it is refused because somebody changed it in the meantime. */
  changed?: string | undefined;
}

export interface CreateFlagDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Null once it is there; the dialog then closes. */
  onCreate: (input: FlagInput) => Promise<FlagRefusal | null>;
}

export function CreateFlagDialog({ isOpen, onClose, onCreate }: CreateFlagDialogProps) {
  const { t } = useLocale();
  return (
    <Dialog open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <DialogContent closeLabel={t("close")}>
        <DialogHeader>
          <DialogTitle>{t("flag_new")}</DialogTitle>
          <DialogDescription>{t("flag_new_description")}</DialogDescription>
        </DialogHeader>
        <CreateFlagForm onClose={onClose} onCreate={onCreate} />
      </DialogContent>
    </Dialog>
  );
}

function CreateFlagForm({ onClose, onCreate }: Omit<CreateFlagDialogProps, "isOpen">) {
  const { t } = useLocale();
  const id = useId();
  const form = useForm<FlagFormValues, unknown, FlagInput>({
    resolver: zodResolver(flagInputSchema),
    defaultValues: { slug: "", type: "RELEASE", description: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const refusal = await onCreate(input);
    if (refusal === null) return onClose();
    const field = fields.find((name) => name === refusal.field);
    form.setError(field ?? "root", { message: refusal.message }, { shouldFocus: true });
  });

  return (
    <form noValidate onSubmit={submit} className="contents">
      <DialogBody className="grid gap-4">
        {errors.root && <Alert tone="destructive" title={errors.root.message} />}
        <Field
          label={t("flag_slug")}
          htmlFor={`${id}-slug`}
          hint={t("flag_slug_hint")}
          error={errors.slug?.message && t(errors.slug.message)}
          required
        >
          <Input
            {...form.register("slug")}
            className="font-mono text-dense"
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
          />
        </Field>
        <Controller
          control={form.control}
          name="type"
          render={({ field, fieldState }) => (
            <Field
              label={t("flag_type")}
              htmlFor={`${id}-type`}
              hint={t(typeSentenceKeys[field.value])}
              error={fieldState.error?.message}
            >
              <Select value={field.value} onValueChange={field.onChange}>
                <SelectTrigger ref={field.ref}>
                  <SelectValue />
                </SelectTrigger>
                <SelectContent>
                  {plainFlagTypeSchema.options.map((type) => (
                    <SelectItem key={type} value={type}>
                      {t(typeTitleKeys[type])}
                    </SelectItem>
                  ))}
                </SelectContent>
              </Select>
            </Field>
          )}
        />
        <Field
          label={t("flag_description")}
          htmlFor={`${id}-description`}
          error={errors.description?.message && t(errors.description.message)}
        >
          <Textarea {...form.register("description")} rows={2} />
        </Field>
      </DialogBody>
      <DialogFooter>
        <Button type="button" variant="outline" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" loading={isSubmitting}>
          {t("flag_create")}
        </Button>
      </DialogFooter>
    </form>
  );
}

const fields = ["slug", "type", "description"] as const;
