//! A state as a binary tree of pairs of numbers.
//!
//! At the leaves are the numbers of a state's parts. Two numbers make a pair, which has a number
//! too, and so on up to the root, which is a pair and has none: it is all that a search keeps of a
//! state, eight bytes. A step changes a few leaves; what is not above one of them stays as it is,
//! and most of the new pairs are known from other states. This is the tree compression of S. Blom,
//! B. Lisser, J. van de Pol and M. Weber, "A Database Approach to Distributed State-Space
//! Generation" (2007).
//!
//! It compresses best if both sides of a node have about as many values, so that few of them make
//! many pairs. Hence the weights: see [`Tree::new`].

use crate::cache::{Cache, pair};
use crate::intern::Interner;

/// What hangs where, and all pairs but those at the root. The inner nodes come first, each before
/// those below it; the root is node 0. The leaves follow, in their order.
pub(super) struct Tree {
    /// The two nodes below each inner node.
    below: Vec<[usize; 2]>,
    pairs: Interner<[u32; 2]>,
}

/// A tree with a number at each node. That of the root means nothing.
#[derive(Debug, Default)]
pub(super) struct Grown(Vec<u32>);

impl Tree {
    /// A tree over as many leaves as there are weights, but two at least. The weight of a leaf is
    /// the logarithm of how many values it has; those on the two sides of a node are about equal.
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

    /// How many nodes there are.
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

    /// The root over these leaves.
    pub(super) fn root_of(&self, leaves: &[u32], cache: &mut Cache<u32>) -> [u32; 2] {
        let mut nodes = vec![0; self.inner()];
        nodes.extend(leaves);
        nodes.resize(self.nodes(), 0);
        for (node, [left, right]) in self.below.iter().enumerate().skip(1).rev() {
            nodes[node] = self.number([nodes[*left], nodes[*right]], cache);
        }
        self.below[0].map(|below| nodes[below])
    }

    /// The root after leaves were changed, given what the tree was before.
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

    /// The number of a pair, be it that of a root.
    pub(super) fn number(&self, of: [u32; 2], cache: &mut Cache<u32>) -> u32 {
        cache.get_or(pair(of), || self.pairs.id(of))
    }

    /// Reads the tree with this root. What it has in common with the one that was read before is
    /// not read again.
    pub(super) fn read(&self, root: [u32; 2], grown: &mut Grown) {
        // Nothing has the number u32::MAX.
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
    /// Becomes the same as another one.
    pub(super) fn copy(&mut self, other: &Grown) {
        self.0.clone_from(&other.0);
    }
}

/// Plants the tree over these leaves, of which the first is the node `first`; says its root.
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
        // Leaves are the nodes 3 to 6: two on either side, or one against three.
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
