//! Decides the names and types of nested values, and what tells their rows apart.

use crate::annotation::{Annotations, DynamicBlock, MappingType, NameGenerator, Spanned};
use crate::check::{CheckedField, field_name, type_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, suggest};
use crate::source::Span;
use crate::syntax::StatementKind;

use super::key::own_columns;
use super::model::{CheckedConstant, CheckedMember, CheckedNested, Mapping};
use super::plan::{Member, Nested, Plan, element, mapping};
use super::spelling::{Spelling, spelling};
use super::unmatched::is_filled;

/// Decides about the nested values of one statement.
#[derive(Debug)]
pub struct NestedResolver<'a, 'd> {
    /// Its columns.
    pub plan: Plan<'a>,
    /// What its comments say.
    pub annotations: &'a Annotations,
    /// The fields of these.
    pub fields: &'d [CheckedField],
    /// Where it stands.
    pub span: Span,
    /// Its name as a type.
    pub base: &'a str,
    /// Where problems go.
    pub diagnostics: &'d mut Diagnostics,
}

/// What a nested value is a part of.
#[derive(Debug, Clone, Copy, Default)]
struct Around<'n> {
    /// The names on the way to it.
    names: &'n [&'n str],
    /// The columns of the nearest value around it that can be missing.
    columns: Option<&'n [usize]>,
}

impl NestedResolver<'_, '_> {
    /// The parts of the statement's rows, and the columns that tell them apart when they hold collections.
    pub fn resolve(
        &mut self,
        members: &[Member<'_>],
        kind: StatementKind,
    ) -> (Vec<CheckedMember>, Vec<usize>) {
        if let (Some(first), true) = (
            members.iter().find_map(first_collection),
            kind != StatementKind::Select,
        ) {
            self.refuse_collection(first);
            return (Vec::new(), Vec::new());
        }
        let collections = members.iter().map(count_collections).sum::<usize>();
        if collections > MOST_COLLECTIONS {
            let message =
                format!("found {collections} collections, expected at most {MOST_COLLECTIONS}");
            self.diagnostics.push(
                Diagnostic::error(Code::NestedType, message)
                    .at(self.span, "")
                    .help("select some of them by a query of their own"),
            );
        }
        let mut checked = self.members(members, Around::default());
        self.add_constants(members, &mut checked);
        self.check_names(&checked);
        let key = self.key_of_rows(members);
        (checked, key)
    }

    fn members(&mut self, members: &[Member<'_>], around: Around<'_>) -> Vec<CheckedMember> {
        let mut checked = Vec::new();
        for member in members {
            match member {
                Member::Column(index) => checked.push(CheckedMember::Column(*index)),
                Member::Nested(nested) => {
                    checked.extend(self.nested(nested, around).map(CheckedMember::Nested));
                }
            }
        }
        checked
    }

    fn nested(&mut self, nested: &Nested<'_>, around: Around<'_>) -> Option<CheckedNested> {
        let block = nested.block;
        let declared = block.name.value.as_str();
        // What a view declares is reported once, where it is declared.
        let mut elsewhere = Diagnostics::default();
        let is_own = nested.depth == 0;
        let sink = if is_own {
            &mut *self.diagnostics
        } else {
            &mut elsewhere
        };
        let spelling = spelling(block, sink)?;
        let name = self.field_name(block)?;
        let path: Vec<&str> = around.names.iter().copied().chain([declared]).collect();
        let (type_name, own) = match spelling {
            Spelling::Row(name) => (name, None),
            Spelling::Own(own) => (
                format!("{}{}Row", self.base.trim_end_matches('_'), camel(&path)),
                Some(own),
            ),
        };
        let has_collection = nested.members.iter().any(has_collection);
        let mapping = match nested.mapping() {
            MappingType::Collection => Mapping::Collection {
                key: self.key_of_elements(nested),
            },
            MappingType::PerRow => Mapping::PerRow {
                optional: !block
                    .not_null
                    .as_ref()
                    .is_some_and(|not_null| not_null.value)
                    || self.plan.is_left_out(nested, around.columns),
            },
            MappingType::Entity => Mapping::Entity,
        };
        if own.is_some() && has_collection && nested.mapping() != MappingType::Collection {
            self.report_unbuildable(nested);
        }
        let is_always_there = matches!(
            mapping,
            Mapping::Entity | Mapping::PerRow { optional: false }
        );
        let inside = Around {
            names: &path,
            columns: if is_always_there {
                around.columns
            } else {
                Some(&nested.columns)
            },
        };
        let members = self.members(&nested.members, inside);
        self.check_names(&members);
        Some(CheckedNested {
            name,
            label: declared.to_owned(),
            mapping,
            type_name,
            own,
            members,
            columns: nested.columns.clone(),
            span: if is_own { block.name.span } else { self.span },
            defines: true,
        })
    }

    fn field_name(&mut self, block: &DynamicBlock) -> Option<String> {
        let text = block.property_name.as_ref().unwrap_or(&block.name);
        let generator = self.annotations.statement.property_name_generator.as_ref();
        let generator = generator.map_or(NameGenerator::SnakeCase, |generator| generator.value);
        let name = field_name(&text.value, generator);
        if name.is_none() {
            let message = format!("no Rust name can be made of `{}`", text.value);
            self.diagnostics.push(
                Diagnostic::error(Code::InvalidName, message)
                    .at(text.span, "")
                    .help("give the nested value another name, or a `propertyName`"),
            );
        }
        name
    }

    /// What tells the statement's rows apart; nothing when that is not needed.
    fn key_of_rows(&mut self, members: &[Member<'_>]) -> Vec<usize> {
        let Some(first) = members.iter().find_map(first_collection) else {
            return Vec::new();
        };
        let own = own_columns(members);
        let written = &self.annotations.statement.collection_key;
        if !written.is_empty() {
            let all: Vec<usize> = (0..self.plan.columns.len()).collect();
            return self.written_key(written, 0, &[own, all].concat());
        }
        let key = self.plan.selected_keys(&own, 0);
        if key.is_empty() {
            let name = &first.block.name.value;
            let span = self.span_of(first);
            let message = format!("nothing tells the rows apart that hold the collection `{name}`");
            let alias = self
                .plan
                .items(&own, 0)
                .first()
                .map(|item| item.alias.to_owned());
            let primary = alias.map_or_else(
                || "a primary key".to_owned(),
                |alias| format!("the primary key of `{alias}`"),
            );
            self.diagnostics.push(
                Diagnostic::error(Code::CollectionKey, message)
                    .at(span, "")
                    .help(format!(
                        "select {primary}, or say what does: `-- @@{{ collectionKey=… }}` above the statement"
                    )),
            );
        }
        key
    }

    /// What tells the elements of a collection apart.
    fn key_of_elements(&mut self, nested: &Nested<'_>) -> Vec<usize> {
        let block = nested.block;
        let own = own_columns(&nested.members);
        if !block.collection_key.is_empty() {
            if nested.depth == 0 {
                let all: Vec<usize> = (0..self.plan.columns.len()).collect();
                let columns = [own, nested.columns.clone(), all].concat();
                return self.written_key(&block.collection_key, 0, &columns);
            }
            let columns = [&own[..], &nested.columns].concat();
            if let Some(key) = self
                .plan
                .written_key(&block.collection_key, nested.depth, &columns)
            {
                return key;
            }
        }
        let key = self.plan.selected_keys(&own, nested.depth);
        if key.is_empty() {
            let span = self.span_of(nested);
            let message = format!(
                "nothing tells the elements of the collection `{}` apart",
                block.name.value
            );
            self.diagnostics.push(
                Diagnostic::error(Code::CollectionKey, message)
                    .at(span, "")
                    .help("select their primary key, or say what does: `collectionKey=…`"),
            );
        }
        key
    }

    /// The columns of a key of the statement's own; names that mean none are reported.
    fn written_key(
        &mut self,
        written: &[Spanned<String>],
        depth: usize,
        columns: &[usize],
    ) -> Vec<usize> {
        let mut key = Vec::new();
        for name in written {
            if let Some(index) = self.plan.find(&name.value, depth, columns) {
                key.push(index);
                continue;
            }
            let known = self.plan.names(depth);
            let known = known.iter().map(String::as_str);
            let message = format!("this statement has no result column `{}`", name.value);
            self.diagnostics.push(
                Diagnostic::error(Code::CollectionKey, message)
                    .at(name.span, "")
                    .did_you_mean(suggest(&name.value, known))
                    .help("name a label of the result, or a column by alias: `p.id`"),
            );
        }
        key
    }

    /// Adds the values that have a default instead of columns.
    fn add_constants(&mut self, members: &[Member<'_>], checked: &mut Vec<CheckedMember>) {
        for block in &self.annotations.dynamic_fields {
            let Some(default) = &block.default_value else {
                continue;
            };
            if is_filled(block, members) {
                continue;
            }
            let Some(spelled) = &block.property_type else {
                spelling(block, self.diagnostics);
                continue;
            };
            let written = &spelled.value;
            let is_many = mapping(block) == MappingType::Collection;
            let ty = match element(written) {
                Some(inner) => format!("Vec<{inner}>"),
                None if is_many => format!("Vec<{written}>"),
                None => written.clone(),
            };
            if let Some(name) = self.field_name(block) {
                checked.push(CheckedMember::Constant(CheckedConstant {
                    name,
                    label: block.name.value.clone(),
                    ty,
                    value: default.value.clone(),
                }));
            }
        }
    }

    /// Reports values whose fields have the name of another.
    fn check_names(&mut self, members: &[CheckedMember]) {
        let mut taken: Vec<&str> = Vec::new();
        let mut declared: Vec<&str> = Vec::new();
        for member in members {
            let (name, span) = match member {
                // Of two columns it is known already, and of two blocks of the statement.
                CheckedMember::Column(index) => (&self.fields[*index].name, None),
                CheckedMember::Nested(nested) => {
                    let is_same = |other: &&str| other.eq_ignore_ascii_case(&nested.label);
                    let is_known = nested.span != self.span && declared.iter().any(is_same);
                    declared.push(&nested.label);
                    (&nested.name, (!is_known).then_some(nested.span))
                }
                CheckedMember::Constant(constant) => (&constant.name, Some(self.span)),
            };
            if let Some(span) = span.filter(|_| taken.contains(&&**name)) {
                let message = format!("two parts of a row become the field `{name}`");
                self.diagnostics.push(
                    Diagnostic::error(Code::DuplicateLabel, message)
                        .at(span, "")
                        .help("give one of them another name with `propertyName`"),
                );
            }
            taken.push(name);
        }
    }

    fn refuse_collection(&mut self, nested: &Nested<'_>) {
        let name = &nested.block.name.value;
        let message =
            format!("the collection `{name}` stands on a statement that gives written rows");
        let span = self.span_of(nested);
        self.diagnostics.push(
            Diagnostic::error(Code::MisplacedKey, message)
                .at(span, "RETURNING joins nothing")
                .help("write `mappingType=entity`, or select the rows afterwards"),
        );
    }

    /// Where a nested value is declared, or the statement that inherits it.
    fn span_of(&self, nested: &Nested<'_>) -> Span {
        if nested.depth == 0 {
            nested.block.name.span
        } else {
            self.span
        }
    }

    fn report_unbuildable(&mut self, nested: &Nested<'_>) {
        let name = &nested.block.name.value;
        let message = format!("`{name}` is built before the collections in it are complete");
        let spelled = nested.block.property_type.as_ref();
        let span = spelled
            .filter(|_| nested.depth == 0)
            .map_or(self.span, |spelled| spelled.span);
        self.diagnostics.push(
            Diagnostic::error(Code::NestedType, message)
                .at(span, "")
                .help("name the row that is generated for it, such as `propertyType=NoteRow`"),
        );
    }
}

/// Tuples of more than twelve have no default, and the rows themselves are one part.
const MOST_COLLECTIONS: usize = 11;

fn count_collections(member: &Member<'_>) -> usize {
    match member {
        Member::Column(_) => 0,
        Member::Nested(nested) => {
            let inner = nested.members.iter().map(count_collections).sum::<usize>();
            inner + usize::from(nested.mapping() == MappingType::Collection)
        }
    }
}

/// The first collection in `member`.
fn first_collection<'m, 'a>(member: &'m Member<'a>) -> Option<&'m Nested<'a>> {
    match member {
        Member::Column(_) => None,
        Member::Nested(nested) if nested.mapping() == MappingType::Collection => Some(nested),
        Member::Nested(nested) => nested.members.iter().find_map(first_collection),
    }
}

fn has_collection(member: &Member<'_>) -> bool {
    first_collection(member).is_some()
}

/// The names on the way to a value, as a part of a type's name.
fn camel(path: &[&str]) -> String {
    path.iter().filter_map(|name| type_name(name)).collect()
}
