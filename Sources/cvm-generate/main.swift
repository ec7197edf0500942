import CVMBytecode

// Writes what is derived from other files; see the subcommands.

let usage = """
  usage: cvm-generate [all | dispatch | selfhosted | reference | unicode FOLDER | disassemble FILE]
    dispatch     the handlers and both dispatchers, from Opcode.swift
    selfhosted   the image of the built-ins that are written in JavaScript
    reference    the page of the instruction set
    unicode      the Unicode tables of regular expressions, from the files of the Unicode Character Database in FOLDER
    disassemble  prints the code of a program
  """

func writeDispatch() {
  write(DispatchGenerator.header(), to: DispatchGenerator.headerPath)
  write(DispatchGenerator.swift(), to: DispatchGenerator.swiftPath)
}

func writeReference() {
  write(opcodeReference(), to: "Sources/CVMBytecode/CVMBytecode.docc/InstructionSet.md")
}

let arguments = CommandLine.arguments.dropFirst()
switch arguments.first ?? "all" {
case "all":
  writeDispatch()
  SelfHostedGenerator.generate()
  writeReference()
case "dispatch": writeDispatch()
case "selfhosted": SelfHostedGenerator.generate()
case "reference": writeReference()
case "unicode" where arguments.count == 2: UnicodeTablesGenerator(folder: arguments[2]).generate()
case "disassemble" where arguments.count == 2: disassemble(arguments[2])
default: fail(usage)
}
