/** Whether a text looks like the name of a topic, queue, route, host or service, and not like a sentence or a number. */
export function isNameLike(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 160 &&
    !/[\s"'<>|\\`;,=]/.test(text) &&
    /[A-Za-z]{2}/.test(text) &&
    /^[\w/{$][\w./:@?&%{}$#*+-]*$/.test(text)
  );
}
