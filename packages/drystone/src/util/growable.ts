/** Typed arrays that grow by doubling: columns of unknown length without boxing a number. */

export class Int32Column {
  #data = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data, new Int32Array(this.length * 2));
    this.#data[this.length++] = value;
  }

  at(index: number): number {
    return this.#data[index] ?? 0;
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Int32Array {
    return this.#data.subarray(0, this.length);
  }
}

export class Float64Column {
  #data = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#data.length) this.#data = grown(this.#data, new Float64Array(this.length * 2));
    this.#data[this.length++] = value;
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Float64Array {
    return this.#data.subarray(0, this.length);
  }
}

export class ByteColumn {
  #data = new Uint8Array(1024);
  length = 0;

  push(value: number): void {
    this.reserve(1);
    this.#data[this.length++] = value;
  }

  /** Appends `bytes[from .. to]`: few at a time, for which making a view would cost more. */
  append(bytes: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    const data = this.#data;
    let end = this.length;
    for (let at = from; at < to; at++) data[end++] = bytes[at] ?? 0;
    this.length = end;
  }

  /** Appends the bytes that the hexadecimal digits in `digits[from .. to]` stand for; spaces between ids are skipped. */
  appendHex(digits: Uint8Array, from: number, to: number): void {
    this.reserve((to - from + 1) >> 1);
    const data = this.#data;
    const values = hexValues;
    let end = this.length;
    for (let at = from; at < to; at++) {
      const high = values[digits[at] ?? 0] ?? 0;
      if (high === noDigit) continue;
      data[end++] = (high << 4) | (values[digits[++at] ?? 0] ?? 0);
    }
    this.length = end;
  }

  /** A view, not a copy: push no more afterwards. */
  toArray(): Uint8Array {
    return this.#data.subarray(0, this.length);
  }

  private reserve(more: number): void {
    if (this.length + more <= this.#data.length) return;
    this.#data = grown(this.#data, new Uint8Array(Math.max(this.#data.length * 2, this.length + more)));
  }
}

const noDigit = 16;
/** By character code: a comparison would be mispredicted at every other digit. */
const hexValues = Uint8Array.from({ length: 256 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? noDigit : value;
});

function grown<Column extends Int32Array | Float64Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
