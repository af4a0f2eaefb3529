/** A tensor that is stored in a model. `data` keeps the element type of the file; float16 and bfloat16 stay as raw bytes. */
export interface Tensor {
  /** Element type as ONNX numbers it: 1 float, 6 int32, 7 int64, 9 bool, 10 float16, 11 double, ... */
  readonly dataType: number;
  readonly dims: readonly number[];
  readonly data: Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | Int8Array | Uint16Array | Int16Array;
}

/** The value of an attribute: the kinds that image classifiers use. */
export type Attribute =
  | { readonly type: "int"; readonly value: number }
  | { readonly type: "float"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "ints"; readonly value: readonly number[] }
  | { readonly type: "floats"; readonly value: readonly number[] }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "tensor"; readonly value: Tensor }
  | { readonly type: "raw"; readonly value: unknown };

/** One operation. An absent optional input is "". */
export interface Node {
  readonly name: string;
  readonly operator: string;
  /** "" is the standard domain. */
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** An input or output of a graph. A dimension is a number, or a name where it is free. */
export interface ValueInfo {
  readonly name: string;
  readonly dataType: number;
  readonly dims: readonly (number | string)[];
}

/** A model in memory, its nodes in topological order. Passes return new graphs and share tensors. */
export interface Graph {
  readonly name: string;
  /** Version of the standard operator set. */
  readonly opset: number;
  /** Versions of other operator sets that the model imports, by domain. */
  readonly otherOpsets: ReadonlyMap<string, number>;
  readonly irVersion: number;
  readonly nodes: readonly Node[];
  /** Inputs that are not initializers. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, Tensor>;
  /** The program that wrote the model, where the file says. */
  readonly producer?: string;
  /** Functions that the model defines, as bytes of onnx.FunctionProto. */
  readonly functions?: readonly Uint8Array[];
}
