// A claim, and what the output of its command has to be: each gives "confirmed" or why not.

export function claim(kind, sentence, command, check) {
  return { kind, sentence, command, check };
}

export function number(expected) {
  return (output) => (Number(output) === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

/** The counted share, rounded as the report rounds it. */
export function share(percent, of) {
  return (output) => {
    const found = Number(output);
    return Math.round((100 * found) / of) === percent ? "confirmed" : `differs: ${found} of ${of}`;
  };
}

export function text(expected) {
  return (output) => (output.trim() === expected ? "confirmed" : `differs: ${output.trim()}, the report says ${expected}`);
}

export function holdsAll(words) {
  return (output) => {
    const absent = words.filter((word) => !output.toLowerCase().includes(word.toLowerCase()));
    return absent.length === 0 ? "confirmed" : `differs: ${absent.join(", ")} is not there`;
  };
}

export function holdsOneOf(words) {
  return (output) =>
    words.some((word) => word !== "" && output.toLowerCase().includes(word.toLowerCase()))
      ? "confirmed"
      : "differs: the line names none of it";
}
