export * from "../../../plugins/conformance/meshes.ts";
