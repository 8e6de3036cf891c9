/** Manifests with braces of another tool than Helm: what can be read without knowing its values. */

/** Lines that only steer the template go; an expression in a line becomes a word that stands for what is not known. */
export function withoutTemplate(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const trimmed = line.trim();
      if (trimmed.startsWith("{{") && trimmed.endsWith("}}")) return "";
      return line.slice(0, 2000).replace(/\{\{[^{}]{0,500}\}\}/g, templated);
    })
    .join("\n");
}

/** Stands where the value is only known when the template is filled in. */
const templated = "x-templated-x";

export function isTemplated(text: string): boolean {
  return text.includes(templated);
}

export function withoutMark(text: string): string {
  return text.replaceAll(templated, "");
}
