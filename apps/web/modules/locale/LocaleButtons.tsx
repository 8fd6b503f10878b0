import { LOCALES, type LocaleCode } from "@/lib/locale";

interface LocaleButtonsProps {
  /** What they are, in the reader's language. */
  label: string;
  locale: string;
  onChoose: (locale: LocaleCode) => void;
}

/** The languages side by side, each by the name that it has for itself. It needs no provider. */
export function LocaleButtons({ label, locale, onChoose }: LocaleButtonsProps) {
  return (
    <fieldset className="flex gap-5 text-dense text-muted-foreground">
      <legend className="sr-only">{label}</legend>
      {Object.entries(LOCALES).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === locale}
          onClick={() => onChoose(code as LocaleCode)}
          className="rounded-sm hover:text-foreground aria-pressed:font-medium aria-pressed:text-foreground"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
