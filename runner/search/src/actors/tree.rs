//! Represents a state as a binary tree of pairs of numbers.
//!
//! The leaves are the numbers of a state's parts. Two numbers make a pair, which is numbered
//! itself, and so on up to the root. The root is a pair without a number, and its eight bytes are
//! all that a search stores for a state. A step changes a few leaves. Nodes that are not above a
//! changed leaf stay the same, and most of the new pairs are known from other states. This is the
//! tree compression of S. Blom, B. Lisser, J. van de Pol and M. Weber, "A Database Approach to
//! Distributed State-Space Generation" (2007).
//!
//! It compresses best if both sides of a node have about the same number of values, because then
//! few values combine to many pairs. The weights serve this purpose: see [`Tree::new`].

use crate::cache::{Cache, pair};
use crate::intern::Interner;

/// The shape of the tree, and all pairs except those at the root. Inner nodes come first, each
/// before its children; the root is node 0. The leaves follow, in their order.
pub(super) struct Tree {
    /// The two children of each inner node.
    below: Vec<[usize; 2]>,
    pairs: Interner<[u32; 2]>,
}

/// A tree with a number at each node. The number at the root has no meaning.
#[derive(Debug, Default)]
pub(super) struct Grown(Vec<u32>);

impl Tree {
    /// A tree with one leaf for each weight, at least two. The weight of a leaf is the logarithm of
    /// its number of values. The total weights on both sides of a node are about equal.
    pub(super) fn new(mut weights: Vec<f64>) -> Self {
        weights.resize(weights.len().max(2), 0.0);
        let inner = weights.len() - 1;
        let mut below = Vec::new();
        plant(&weights, inner, &mut below);
        Tree {
            below,
            pairs: Interner::new(),
        }
    }

    fn inner(&self) -> usize {
        self.below.len()
    }

    /// The number of nodes.
    fn nodes(&self) -> usize {
        2 * self.inner() + 1
    }

    /// The numbers at the leaves.
    pub(super) fn leaves<'g>(&self, grown: &'g Grown) -> &'g [u32] {
        &grown.0[self.inner()..]
    }

    /// The numbers at the leaves, to be changed before [`Tree::root`].
    pub(super) fn leaves_mut<'g>(&self, grown: &'g mut Grown) -> &'g mut [u32] {
        &mut grown.0[self.inner()..]
    }

    /// The root of the tree with these leaves.
    pub(super) fn root_of(&self, leaves: &[u32], cache: &mut Cache<u32>) -> [u32; 2] {
        let mut nodes = vec![0; self.inner()];
        nodes.extend(leaves);
        nodes.resize(self.nodes(), 0);
        for (node, [left, right]) in self.below.iter().enumerate().skip(1).rev() {
            nodes[node] = self.number([nodes[*left], nodes[*right]], cache);
        }
        self.below[0].map(|below| nodes[below])
    }

    /// The root after some leaves were changed, given the tree before the change.
    pub(super) fn root(
        &self,
        before: &Grown,
        after: &mut Grown,
        cache: &mut Cache<u32>,
    ) -> [u32; 2] {
        let (before, after) = (&before.0, &mut after.0);
        for (node, [left, right]) in self.below.iter().enumerate().skip(1).rev() {
            let now = [after[*left], after[*right]];
            if now != [before[*left], before[*right]] {
                after[node] = self.number(now, cache);
            }
        }
        self.below[0].map(|below| after[below])
    }

    /// The number of a pair, which may also be the pair of a root.
    pub(super) fn number(&self, of: [u32; 2], cache: &mut Cache<u32>) -> u32 {
        cache.get_or(pair(of), || self.pairs.id(of))
    }

    /// Reads the tree with this root. Parts that it shares with the previously read tree are not
    /// read again.
    pub(super) fn read(&self, root: [u32; 2], grown: &mut Grown) {
        // No node has the number u32::MAX.
        grown.0.resize(self.nodes(), u32::MAX);
        self.fill(0, root, &mut grown.0);
    }

    fn fill(&self, node: usize, pair: [u32; 2], nodes: &mut [u32]) {
        for (below, number) in self.below[node].into_iter().zip(pair) {
            if nodes[below] != number {
                nodes[below] = number;
                if below < self.inner() {
                    self.fill(below, *self.pairs.get(number), nodes);
                }
            }
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.pairs.bytes(|_, _| 0)
    }
}

impl Grown {
    /// Copies another tree.
    pub(super) fn copy(&mut self, other: &Grown) {
        self.0.clone_from(&other.0);
    }
}

/// Builds the tree over these leaves, the first of which is node `first`. Returns its root.
fn plant(weights: &[f64], first: usize, below: &mut Vec<[usize; 2]>) -> usize {
    if weights.len() == 1 {
        return first;
    }
    let node = below.len();
    below.push([0; 2]);
    let all: f64 = weights.iter().sum();
    let heavier_side = |split: &usize| {
        let left: f64 = weights[..*split].iter().sum();
        left.max(all - left)
    };
    let splits = 1..weights.len();
    let split = splits.min_by(|a, b| heavier_side(a).total_cmp(&heavier_side(b)));
    let split = split.unwrap_or(1);
    let (left, right) = weights.split_at(split);
    below[node] = [
        plant(left, first, below),
        plant(right, first + split, below),
    ];
    node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sides_of_a_node_weigh_about_the_same() {
        let shape = |weights: &[f64]| Tree::new(weights.to_vec()).below;
        // The leaves are the nodes 3 to 6: two on each side, or one against three.
        assert_eq!(shape(&[1.0; 4]), [[1, 2], [3, 4], [5, 6]]);
        assert_eq!(shape(&[5.0, 1.0, 1.0, 1.0]), [[3, 1], [4, 2], [5, 6]]);
        assert_eq!(shape(&[]), [[1, 2]]);
    }

    #[test]
    fn a_root_says_its_leaves_and_is_the_same_on_any_way_to_it() {
        for size in 1..9_u32 {
            let tree = Tree::new(vec![1.0; size as usize]);
            let mut cache = Cache::new();
            let (mut before, mut after) = (Grown::default(), Grown::default());
            let leaves: Vec<u32> = (0..size).collect();
            tree.read(tree.root_of(&leaves, &mut cache), &mut before);
            assert_eq!(tree.leaves(&before)[..leaves.len()], leaves);
            for changed in 0..leaves.len() {
                let mut leaves = leaves.clone();
                leaves[changed] = 100;
                after.copy(&before);
                tree.leaves_mut(&mut after)[changed] = 100;
                let root = tree.root(&before, &mut after, &mut cache);
                assert_eq!(root, tree.root_of(&leaves, &mut Cache::new()));
                tree.read(root, &mut before);
                assert_eq!(tree.leaves(&before)[..leaves.len()], leaves);
                leaves[changed] = u32::try_from(changed).unwrap();
                tree.read(tree.root_of(&leaves, &mut cache), &mut before);
            }
        }
    }
}
