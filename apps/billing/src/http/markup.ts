const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** HTML that is safe to put into a page as it is. */
export class Html {
  constructor(readonly text: string) {}
}

/** Writes HTML; whatever is filled in is text, unless it is {@link Html} already. */
export function markup(
  parts: TemplateStringsArray,
  ...filled: readonly (string | number | Html | readonly Html[])[]
): Html {
  let text = parts[0] ?? '';
  filled.forEach((value, at) => {
    text += textOf(value) + (parts[at + 1] ?? '');
  });
  return new Html(text);
}

function textOf(value: string | number | Html | readonly Html[]): string {
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(({ text }) => text).join('');
  return String(value).replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}
