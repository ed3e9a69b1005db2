//! programs: the type, its filter and its orders.

use chrono::NaiveDate;
use entity::term::{ProgramKind, ProgramTier};

use super::{
    change::changes,
    division::Division,
    enrollment::{Enrollment, EnrollmentFilter},
    organization::{Organization, OrganizationFilter},
    partnership_project::{PartnershipProject, PartnershipProjectFilter},
    record::{filter, order, record},
    stage::{Stage, StageFilter},
    value::{DateFilter, DivisionScopeFilter, NumberFilter, TermFilter, TextFilter},
};

record! {
    /// A program that trains or places people. Programs form trees, from an umbrella to an edition.
    Program(program, ProgramFilter, ProgramOrder) {
        columns {
            /// Short code, unique in its division.
            code: String = Code;
            /// Name.
            name: String = Name;
            /// First day.
            starts_on: NaiveDate = StartsOn;
            /// Last day.
            ends_on: NaiveDate = EndsOn;
            /// Persons aimed at.
            target: i32 = Target;
        }
        kept { version active }
        terms {
            /// Kind.
            kind: ProgramKind = Kind;
            /// Place in the tree.
            tier: ProgramTier = Tier;
        }
        one {
            /// Program that it is part of.
            parent: Program = ParentId;
            /// Organization that hosts it.
            host: Organization = HostId;
            /// Division that runs it.
            division: Division = DivisionId;
            /// Partnership project that supports it.
            supported_by: PartnershipProject = SupportedBy;
        }
        many {
            /// Programs that it is made of.
            children: Program = program ParentId;
            /// Its stages.
            stages: Stage = stage ProgramId;
            /// Its own enrollments, without those of its children.
            enrollments: Enrollment = enrollment ProgramId;
        }
    }
}

filter! {
    /// Conditions on programs.
    ProgramFilter for Program(program) {
        values {
            /// Code.
            code: TextFilter = Code;
            /// Name.
            name: TextFilter = Name;
            /// Kind.
            kind: TermFilter<ProgramKind> = Kind;
            /// Place in the tree.
            tier: TermFilter<ProgramTier> = Tier;
            /// Division that runs it.
            division: DivisionScopeFilter = DivisionId;
            /// First day.
            starts_on: DateFilter = StartsOn;
            /// Last day.
            ends_on: DateFilter = EndsOn;
            /// Persons aimed at.
            target: NumberFilter = Target;
        }
        kept { active }
        one {
            /// Program that it is part of.
            parent: ProgramFilter = ParentId;
            /// Organization that hosts it.
            host: OrganizationFilter = HostId;
            /// Partnership project that supports it.
            supported_by: PartnershipProjectFilter = SupportedBy;
        }
        many {
            /// Programs that it is made of.
            children: ProgramFilter = program ParentId;
            /// Its stages.
            stages: StageFilter = stage ProgramId;
            /// Its own enrollments.
            enrollments: EnrollmentFilter = enrollment ProgramId;
        }
    }
}

order! {
    /// Orders of lists of programs.
    ProgramOrder for program {
        /// By code.
        CodeAsc CodeDesc = Code;
        /// By name.
        NameAsc NameDesc = Name;
        /// By first day.
        StartsOnAsc StartsOnDesc = StartsOn;
    }
}

changes! {
    ProgramChanges of Program(program) gives ProgramPayload { program } {
        /// Changes a program.
        update_program(UpdateProgramInput);
        /// Takes a program out of use: it stays as it is, with its enrollments.
        deactivate_program;
    }
    needed {
        values {
            /// Short code, unique in its division.
            code: String = Code;
            /// Name, in 1 to 200 characters.
            name: String = Name;
        }
        terms {
            /// Kind.
            kind: ProgramKind = Kind;
            /// Place in the tree.
            tier: ProgramTier = Tier;
        }
        links {
            /// Organization that hosts it.
            host: Organization = HostId;
        }
    }
    optional {
        values {
            /// First day.
            starts_on: NaiveDate = StartsOn;
            /// Last day, not before the first.
            ends_on: NaiveDate = EndsOn;
            /// Persons aimed at, 0 to 10,000,000.
            target: i32 = Target;
        }
        links {
            /// Program that it is part of.
            parent: Program = ParentId;
            /// Partnership project that supports it.
            supported_by: PartnershipProject = SupportedBy;
        }
    }
    made by ProgramCreation {
        /// Sets up a program.
        create_program(CreateProgramInput);
        fixed {
            links {
                /// Division that runs it.
                division: Division = DivisionId;
            }
        }
    }
}
