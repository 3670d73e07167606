//! The network as one return is seen against it.
//!
//! Only what may be known to a sender: quantiles and ranges over all returns, never another return's figure.

/// What is known of the returns that one is compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Peers {
    /// How many returns have a total, this one included.
    pub returns: usize,
    /// The totals; `None` where too few have one.
    pub total: Option<Spread>,
    /// How many returns have each band, by the band's name.
    pub bands: Vec<(String, usize)>,
    /// Sections, by name, in per cent of the most.
    pub sections: Vec<(String, Spread)>,
    /// Criteria, by name, in points.
    pub criteria: Vec<(String, Spread)>,
}

/// How some figures are spread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// How many figures.
    pub count: usize,
    /// The lower quartile.
    pub lower: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub upper: f64,
    /// Where 95 in 100 returns lie that differ only by chance; `None` where no such range can be given.
    pub expected: Option<(f64, f64)>,
}
