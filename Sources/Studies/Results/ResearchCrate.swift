extension StudyRun {
    /// Writes what the folder holds, as an RO-Crate.
    func writeCrate(_ making: StepMaking) throws {}
}
